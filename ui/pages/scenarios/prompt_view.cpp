#include "pages/scenarios/prompt_view.h"

#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "base/file.h"
#include "bridge/format.h"
#include "jobs/resources.h"
#include "models/scenarios/scenario_line.h"
#include "pages/scenarios/captions.h"
#include "synth/strategy.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

namespace wordsight::ui {

PromptView::PromptView(QWidget* parent)
    : QWidget(parent),
      m_which(new QComboBox(this)),
      m_form(new QComboBox(this)),
      m_version(caption({})),
      m_text(new QPlainTextEdit(this)),
      m_copy(new QPushButton(tr("Copy to edit…"), this)) {
  m_picker = [this] {
    return QFileDialog::getExistingDirectory(this, tr("Choose a folder for the copy"));
  };
  for (const auto strategy : synth::kStrategies) {
    const QString name = QString::fromLatin1(synth::toText(strategy));
    m_which->addItem(strategyTitle(name), name);
  }
  m_which->setObjectName(QStringLiteral("promptWhich"));
  m_which->setToolTip(tr("Strategy whose prompt is shown"));
  m_which->setAccessibleName(m_which->toolTip());
  m_form->addItem(tr("As sent"));
  m_form->addItem(tr("As written"));
  m_form->setObjectName(QStringLiteral("promptForm"));
  m_form->setToolTip(tr("As the first attempt sends it, or as its file has it, with placeholders"));
  m_form->setAccessibleName(m_form->toolTip());
  m_version->setObjectName(QStringLiteral("promptVersion"));
  m_text->setObjectName(QStringLiteral("promptText"));
  m_text->setReadOnly(true);
  m_text->setTabChangesFocus(true);
  m_text->setAccessibleName(tr("Text of the prompt"));
  m_copy->setObjectName(QStringLiteral("copyPrompts"));
  m_copy->setToolTip(
      tr("Write the prompt files into a folder of your own, and use them from there"));
  m_copy->setAutoDefault(false);
  for (auto* menu : {m_which, m_form})
    connect(menu, &QComboBox::currentIndexChanged, this, &PromptView::describe);
  connect(m_copy, &QPushButton::clicked, this, &PromptView::copyToFolder);
  auto* row = new QHBoxLayout;
  row->setSpacing(kSpaceSmall);
  row->addWidget(m_which);
  row->addWidget(m_form);
  row->addWidget(m_version, 1);
  row->addWidget(m_copy);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(kSpaceSmall);
  column->addLayout(row);
  column->addWidget(m_text, 1);
}

void PromptView::setSession(Session* session) {
  m_query.cancel();
  m_session = session;
  m_prompts.reset();
  m_loaded = false;
  describe();
}

void PromptView::showPrompt(const QString& folder, const QString& strategy, std::uint64_t seed) {
  m_seed = seed;
  if (!strategy.isEmpty() && strategy != m_strategy)
    m_which->setCurrentIndex(std::max(0, m_which->findData(strategy)));
  m_strategy = strategy;
  m_folder = folder;
  if (!m_session || (m_loaded && folder == m_loadedFolder)) return describe();
  m_loaded = true;
  m_loadedFolder = folder;
  m_query.ask(
      m_session->database(), this,
      [folder](store::Connection&) { return jobs::synthesisPrompts(fromQt(folder)); },
      [this](Result<synth::PromptSet> prompts) { take(std::move(prompts)); });
}

void PromptView::take(Result<synth::PromptSet> prompts) {
  m_prompts.reset();
  if (prompts) m_prompts = std::make_shared<synth::PromptSet>(std::move(*prompts));
  describe();
  if (!prompts) m_text->setPlainText(toQt(prompts.error().message));
}

void PromptView::describe() {
  m_copy->setEnabled(m_prompts != nullptr);
  if (!m_prompts) {
    m_version->clear();
    m_text->clear();
    return;
  }
  const auto strategy = static_cast<synth::Strategy>(std::max(0, m_which->currentIndex()));
  const auto& prompt = m_prompts->of(strategy);
  m_version->setText(tr("version %1").arg(toQt(prompt.hash).left(8)));
  m_version->setToolTip(toQt(prompt.hash));
  QString text;
  if (m_form->currentIndex() == 1) {
    text = toQt(prompt.text);
  } else {
    for (const auto& message : synth::renderPrompt(*m_prompts, strategy, m_seed))
      text += (text.isEmpty() ? QString() : QStringLiteral("\n\n")) + toQt(message.plainText());
  }
  if (text != m_text->toPlainText()) m_text->setPlainText(text);
}

void PromptView::copyToFolder() {
  if (!m_session || !m_prompts) return;
  const QString folder = m_picker();
  if (folder.isEmpty()) return;
  m_session->database().read(
      this,
      [prompts = m_prompts, folder](store::Connection&) -> Result<bool> {
        WORDSIGHT_CHECK(writePrompts(*prompts, fromQt(folder)));
        return true;
      },
      [this, folder](Result<bool> written) {
        if (written)
          Q_EMIT copied(folder);
        else
          Q_EMIT failed(toQt(written.error().message));
      });
}

Status writePrompts(const synth::PromptSet& prompts, const std::filesystem::path& folder) {
  const auto lines = [](const std::vector<std::string>& entries) {
    std::string text;
    for (const auto& entry : entries) text += entry + "\n";
    return text;
  };
  std::vector<std::pair<std::string, std::string>> files;
  for (const auto strategy : synth::kStrategies)
    files.emplace_back(std::string(synth::toText(strategy)) + ".txt",
                       prompts.of(strategy).text + "\n");
  files.emplace_back("topics.txt", lines(prompts.topics));
  files.emplace_back("settings.txt", lines(prompts.settings));
  std::string examples;
  for (const auto& example : prompts.examples) examples += dumpJson(toJson(example)) + "\n";
  files.emplace_back("examples.jsonl", examples);
  WORDSIGHT_CHECK(makeFolder(folder));
  for (const auto& [name, text] : files) {
    std::error_code ignored;
    if (std::filesystem::exists(folder / name, ignored))
      return fail((folder / name).string() +
                  " is there already and stays as it is: choose an empty folder for the copy.");
  }
  for (const auto& [name, text] : files) WORDSIGHT_CHECK(writeFileAtomically(folder / name, text));
  return {};
}

}  // namespace wordsight::ui
