#pragma once
#include <QWidget>

class QAction;
class QHBoxLayout;
class QLabel;

namespace wordsight::ui {

/// What a page shows in place of content that is not there yet: what would be here, and how to get
/// it.
class EmptyState : public QWidget {
  Q_OBJECT
 public:
  EmptyState(const QString& iconName, const QString& title, const QString& sentence,
             QWidget* parent = nullptr);
  /// A button that triggers `action`; the first one is the prominent one.
  void addAction(QAction* action);
  void setTexts(const QString& title, const QString& sentence);

 protected:
  void changeEvent(QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void drawIcon();
  void fitSentence();
  QString m_iconName;
  QLabel *m_icon, *m_title, *m_sentence;
  QHBoxLayout* m_buttons;
};

}  // namespace wordsight::ui
