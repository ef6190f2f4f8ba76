#pragma once
#include <QString>
#include <QTextEdit>
#include <vector>

namespace wordsight::ui {

/// A piece of a comparison: in both texts, only in the old one, or only in the new one.
struct DiffPart {
  enum class Kind { Same, Removed, Added } kind = Kind::Same;
  QString text;
  bool operator==(const DiffPart&) const = default;
};

/// What became of a text, word by word (Unicode's word boundaries, so that scripts without spaces
/// work too). Removed comes before Added where both stand in one place. Texts that have little in
/// common come out as replaced whole; so do those that differ in more than some hundred places.
std::vector<DiffPart> wordDiff(const QString& before, const QString& after);

/// Two versions of something with several fields: what was removed is struck out, what was added is
/// underlined, both tinted. Fields that did not change are muted, or left out.
class WordDiff : public QTextEdit {
  Q_OBJECT
 public:
  struct Section {
    QString title, before, after;
    bool operator==(const Section&) const = default;
  };
  explicit WordDiff(QWidget* parent = nullptr);

  void setSections(const std::vector<Section>& sections);
  /// One version alone: `after` of each section, unmarked; fields that are empty are left out.
  void setPlain(bool plain);
  /// Leaves out fields that did not change.
  void setOnlyChanges(bool only);
  int changedSections() const;

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void build();
  void buildPlain();
  std::vector<Section> m_sections;
  bool m_onlyChanges = false, m_plain = false;
};

}  // namespace wordsight::ui
