#include "pages/scenarios/summary_values.h"

#include <QHeaderView>
#include <QTableWidget>

#include "bridge/format.h"
#include "widgets/table_style.h"

namespace wordsight::ui {

const Json& valueAt(const Json& object, const char* key) {
  static const Json none;
  if (!object.is_object()) return none;
  const auto found = object.find(key);
  return found == object.end() ? none : *found;
}

std::int64_t countAt(const Json& object, const char* key) {
  const Json& value = valueAt(object, key);
  return value.is_number_integer() ? value.get<std::int64_t>() : 0;
}

QString textAt(const Json& object, const char* key) {
  const Json& value = valueAt(object, key);
  return value.is_string() ? toQt(value.get_ref<const std::string&>()) : QString();
}

QTableWidget* plainTable(const QString& name, const QString& accessible,
                         const QStringList& headers) {
  auto* table = new QTableWidget(0, static_cast<int>(headers.size()));
  dressTable(*table);
  table->setSortingEnabled(false);
  table->setObjectName(name);
  table->setAccessibleName(accessible);
  table->setHorizontalHeaderLabels(headers);
  table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  table->setSelectionMode(QAbstractItemView::SingleSelection);
  return table;
}

QTableWidgetItem* tableCell(const QString& text, bool number) {
  auto* item = new QTableWidgetItem(text);
  item->setToolTip(text);
  item->setTextAlignment(number ? Qt::AlignRight | Qt::AlignVCenter
                                : Qt::AlignLeft | Qt::AlignVCenter);
  return item;
}

}  // namespace wordsight::ui
