#pragma once
#include <QString>
#include <QStringList>
#include <cstdint>

#include "domain/json.h"

class QTableWidget;
class QTableWidgetItem;

namespace wordsight::ui {

// Values out of a job's summary, which may have come from anywhere: what has another form counts as
// not there.
const Json& valueAt(const Json& object, const char* key);  // null when it is not there
std::int64_t countAt(const Json& object, const char* key);
QString textAt(const Json& object, const char* key);

/// A small table of plain rows, headers at the left, one row chosen at a time.
QTableWidget* plainTable(const QString& name, const QString& accessible,
                         const QStringList& headers);
/// Its whole text is in the tooltip; numbers stand at the right.
QTableWidgetItem* tableCell(const QString& text, bool number = false);

}  // namespace wordsight::ui
