#pragma once
#include <QWidget>
#include <functional>

class QLineEdit;
class QToolButton;

namespace wordsight::ui {

/// A path to type, to drop or to choose in a dialog. Looks at no file itself.
class PathField : public QWidget {
  Q_OBJECT
 public:
  enum class Kind { File, Folder };
  /// `title`: of the dialog. `filter`: of files, as QFileDialog takes it.
  PathField(Kind kind, const QString& title, const QString& filter = {}, QWidget* parent = nullptr);

  /// Cleaned; empty: none.
  QString path() const;
  void setPath(const QString& path);
  void setPlaceholder(const QString& text);
  /// Instead of the dialog: gets where to start, gives a path or nothing.
  void setPicker(std::function<QString(const QString& start)> picker);
  QLineEdit& line() const { return *m_line; }

 Q_SIGNALS:
  void pathChanged(const QString& path);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void browse();
  QLineEdit* m_line;
  QToolButton* m_browse;
  std::function<QString(const QString&)> m_picker;
};

}  // namespace wordsight::ui
