#pragma once
#include <QPlainTextEdit>

namespace wordsight::ui {

/// A field of running text that grows with what it holds, between two numbers of lines. Tab goes to
/// the next field. Text beyond kMostCharacters does not go in, and the field says so: a window that
/// lays out megabytes stands still.
class TextField : public QPlainTextEdit {
  Q_OBJECT
 public:
  static constexpr int kMostCharacters = 20'000;

  TextField(int leastLines, int mostLines, QWidget* parent = nullptr);

  /// Shows `utf8`; bytes() gives the very same until somebody changes the text. Longer texts than
  /// the limit are shown in part and cannot be edited.
  void setBytes(const std::string& utf8);
  std::string bytes() const;
  /// A change that a program makes for the person: can be undone in the field, counts as typed.
  void replaceAll(const std::string& utf8);
  bool tooLong() const { return m_tooLong; }
  /// Read-only because the project is.
  void setLocked(bool locked);

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 Q_SIGNALS:
  /// Something did not go in: a sentence.
  void refused(const QString& sentence);
  void escaped();

 protected:
  bool canInsertFromMimeData(const QMimeData* source) const override;
  void insertFromMimeData(const QMimeData* source) override;
  void keyPressEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void fit();
  int heightFor(int lines) const;
  int m_leastLines, m_mostLines, m_height = 0;
  std::string m_bytes;
  QString m_shown;
  bool m_tooLong = false, m_locked = false;
};

}  // namespace wordsight::ui
