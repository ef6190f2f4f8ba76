#pragma once
#include <QWidget>

#include "pages/common/page.h"

class QButtonGroup;
class QToolButton;

namespace wordsight::ui {

/// The narrow column at the left: a button a page (Ctrl+1 … Ctrl+7), preferences below.
class PageSwitcher : public QWidget {
  Q_OBJECT
 public:
  explicit PageSwitcher(QWidget* parent = nullptr);
  void setCurrent(PageId page);
  /// Pages but for Models need a project.
  void setProjectOpen(bool open);

 Q_SIGNALS:
  void pageChosen(wordsight::ui::PageId page);
  void menuRequested();

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QToolButton* makeButton(const QString& iconName, const QString& text, const QString& tip);
  QButtonGroup* m_group;
};

}  // namespace wordsight::ui
