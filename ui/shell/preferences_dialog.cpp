#include "shell/preferences_dialog.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>
#include <QThread>
#include <QVBoxLayout>

#include "bridge/settings.h"
#include "widgets/theme.h"

namespace wordsight::ui {

namespace {

/// A control that a screen reader names as its row's label does.
template <class W>
W* named(W* widget, const char* objectName, const QString& name, const QString& tip) {
  widget->setObjectName(QLatin1String(objectName));
  widget->setAccessibleName(name);
  widget->setToolTip(tip);
  return widget;
}

void select(QComboBox* box, const QVariant& value) {
  box->setCurrentIndex(std::max(0, box->findData(value)));
}

QLabel* hint(const QString& text, QWidget* parent) {
  auto* label = new QLabel(text, parent);
  label->setWordWrap(true);
  QPalette quiet = label->palette();
  quiet.setColor(QPalette::WindowText, mutedColour(quiet));
  label->setPalette(quiet);
  return label;
}

}  // namespace

PreferencesDialog::PreferencesDialog(Settings& settings, QWidget* parent)
    : QDialog(parent), m_settings(settings) {
  setObjectName(QStringLiteral("preferences"));
  setWindowTitle(tr("Preferences"));
  setMinimumWidth(520);
  auto* form = new QFormLayout(this);
  form->setContentsMargins(kSpaceHuge, kSpaceHuge, kSpaceHuge, kSpacePage);
  form->setVerticalSpacing(kSpaceLarge);
  form->setHorizontalSpacing(kSpacePage);
  addAppearance(form);
  addFolders(form);
  auto* close = named(new QPushButton(tr("Close"), this), "preferencesClose", tr("Close"),
                      tr("Close the preferences; changes hold already"));
  connect(close, &QPushButton::clicked, this, &QDialog::close);
  auto* row = new QHBoxLayout;
  row->addStretch();
  row->addWidget(close);
  form->addRow(row);
}

void PreferencesDialog::addAppearance(QFormLayout* form) {
  m_theme = named(new QComboBox(this), "themeChoice", tr("Theme"), tr("Light or dark colours"));
  m_theme->addItem(tr("As the desktop"), int(ThemeChoice::System));
  m_theme->addItem(tr("Light"), int(ThemeChoice::Light));
  m_theme->addItem(tr("Dark"), int(ThemeChoice::Dark));
  select(m_theme, int(m_settings.theme()));
  connect(m_theme, &QComboBox::activated, this, [this] {
    m_settings.setTheme(static_cast<ThemeChoice>(m_theme->currentData().toInt()));
  });
  m_language = named(new QComboBox(this), "languageChoice", tr("Language"),
                     tr("Holds from the next start on"));
  m_language->addItem(tr("As the desktop"), QString());
  m_language->addItem(QStringLiteral("English"), QStringLiteral("en"));
  m_language->addItem(QStringLiteral("Deutsch"), QStringLiteral("de"));
  select(m_language, m_settings.language());
  connect(m_language, &QComboBox::activated, this,
          [this] { m_settings.setLanguage(m_language->currentData().toString()); });
  m_numbers = named(new QComboBox(this), "numberChoice", tr("Numbers"),
                    tr("How numbers are written in the window; files keep the dot"));
  m_numbers->addItem(tr("As the language"), QString());
  m_numbers->addItem(QStringLiteral("1,234.5"), QStringLiteral("en"));
  m_numbers->addItem(QStringLiteral("1.234,5"), QStringLiteral("de"));
  m_numbers->addItem(QStringLiteral("1’234.5"), QStringLiteral("de_CH"));
  select(m_numbers, m_settings.numberLocale());
  connect(m_numbers, &QComboBox::activated, this,
          [this] { m_settings.setNumberLocale(m_numbers->currentData().toString()); });
  m_threads = named(new QSpinBox(this), "threadsForWindow", tr("Threads left to the window"),
                    tr("Jobs use the other threads of this machine"));
  m_threads->setRange(0, std::max(0, QThread::idealThreadCount() - 1));
  m_threads->setValue(m_settings.threadsForWindow());
  connect(m_threads, &QSpinBox::valueChanged, this,
          [this](int threads) { m_settings.setThreadsForWindow(threads); });
  form->addRow(tr("Theme"), m_theme);
  form->addRow(tr("Language"), m_language);
  form->addRow(QString(), hint(tr("A new language holds from the next start on."), this));
  form->addRow(tr("Numbers"), m_numbers);
  form->addRow(tr("Threads left to the window"), m_threads);
  form->addRow(QString(),
               hint(tr("Of %n threads. With 0, jobs are fastest and the window may lag a little; "
                       "jobs that run keep what they started with.",
                       nullptr, QThread::idealThreadCount()),
                    this));
}

void PreferencesDialog::addFolders(QFormLayout* form) {
  m_folders = named(new QListWidget(this), "modelFolders", tr("Model folders"),
                    tr("Folders that are looked through for checkpoints and adapters"));
  m_folders->setTextElideMode(Qt::ElideMiddle);
  m_folders->setMaximumHeight(140);
  auto* add = named(new QPushButton(tr("Add…"), this), "addModelFolder", tr("Add a folder"),
                    tr("Add a folder with models"));
  auto* remove = named(new QPushButton(tr("Remove"), this), "removeModelFolder",
                       tr("Remove a folder"), tr("Take the chosen folder off the list"));
  connect(add, &QPushButton::clicked, this, [this] {
    const QString folder =
        QFileDialog::getExistingDirectory(this, tr("Folder with models"), QDir::homePath());
    if (!folder.isEmpty()) m_settings.addModelFolder(folder);
  });
  connect(remove, &QPushButton::clicked, this, [this] {
    QStringList folders = m_settings.modelFolders();
    if (m_folders->currentRow() >= 0) folders.removeAt(m_folders->currentRow());
    m_settings.setModelFolders(folders);
  });
  connect(&m_settings, &Settings::modelFoldersChanged, this, &PreferencesDialog::listFolders);
  listFolders();
  auto* buttons = new QVBoxLayout;
  buttons->setSpacing(kSpaceSmall);
  buttons->addWidget(add);
  buttons->addWidget(remove);
  buttons->addStretch();
  auto* row = new QHBoxLayout;
  row->addWidget(m_folders);
  row->addLayout(buttons);
  form->addRow(tr("Model folders"), row);
}

void PreferencesDialog::listFolders() {
  m_folders->clear();
  for (const QString& folder : m_settings.modelFolders()) {
    auto* item = new QListWidgetItem(QDir::toNativeSeparators(folder), m_folders);
    item->setToolTip(folder);
  }
}

}  // namespace wordsight::ui
