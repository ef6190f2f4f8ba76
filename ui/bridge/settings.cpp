#include "bridge/settings.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSettings>
#include <QStandardPaths>
#include <QThread>
#include <algorithm>
#include <utility>

namespace wordsight::ui {

namespace {

constexpr int kRecentProjects = 10;
constexpr int kSoon = 200;  // ms in which changes are gathered (a splitter that is dragged)

QString defaultFile() {
  return QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) +
         QStringLiteral("/wordsight.ini");
}

/// QSettings takes nearly anything for INI; a file with control bytes or without a single line of
/// its form is broken.
bool looksBroken(const QString& path) {
  QFile file(path);
  if (!file.exists()) return false;
  if (!file.open(QIODevice::ReadOnly)) return false;
  constexpr qint64 kMost = 4 << 20;
  if (file.size() > kMost) return true;
  const QByteArray bytes = file.readAll();
  if (bytes.contains('\0')) return true;
  QSettings settings(path, QSettings::IniFormat);
  return settings.status() == QSettings::FormatError ||
         (!bytes.trimmed().isEmpty() && settings.allKeys().isEmpty());
}

QString setAside(const QString& path) {
  for (int i = 1; i < 1000; ++i) {
    const QString aside = path + QStringLiteral(".broken-%1").arg(i);
    if (QFile::exists(aside)) continue;
    return QFile::rename(path, aside) ? aside : QString();
  }
  return {};
}

}  // namespace

Settings::Settings(const QString& file, QObject* parent) : QObject(parent) {
  const QString path = file.isEmpty() ? defaultFile() : file;
  QDir().mkpath(QFileInfo(path).absolutePath());
  if (looksBroken(path)) {
    const QString aside = setAside(path);
    m_problem = aside.isEmpty()
                    ? tr("The settings in %1 cannot be read; remove that file to keep settings "
                         "again.")
                          .arg(path)
                    : tr("The settings in %1 could not be read. They were set aside as %2, and "
                         "defaults hold now.")
                          .arg(path, QFileInfo(aside).fileName());
  }
  m_file = path;
  const QSettings stored(path, QSettings::IniFormat);
  for (const QString& key : stored.allKeys()) m_values.insert(key, stored.value(key));
  m_writer.setMaxThreadCount(1);
  m_soon.setSingleShot(true);
  m_soon.setInterval(kSoon);
  connect(&m_soon, &QTimer::timeout, this, &Settings::write);
}

Settings::~Settings() {
  write();
  m_writer.waitForDone();
}

QString Settings::file() const { return m_file; }

QVariant Settings::value(const QString& key, const QVariant& fallback) const {
  return m_values.value(key, fallback);
}

void Settings::setValue(const QString& key, const QVariant& value) {
  if (m_values.value(key) == value) return;
  m_values.insert(key, value);
  m_changed.insert(key, value);
  writeSoon();
}

void Settings::writeSoon() {
  if (!m_soon.isActive()) m_soon.start();
}

void Settings::write() {
  if (m_changed.isEmpty()) return;
  m_writer.start([file = m_file, changed = std::exchange(m_changed, {})] {
    QSettings settings(file, QSettings::IniFormat);
    for (auto it = changed.begin(); it != changed.end(); ++it)
      settings.setValue(it.key(), it.value());
    settings.sync();
  });
}

ThemeChoice Settings::theme() const {
  const QString name = value(QStringLiteral("theme")).toString();
  if (name == QLatin1String("light")) return ThemeChoice::Light;
  if (name == QLatin1String("dark")) return ThemeChoice::Dark;
  return ThemeChoice::System;
}

void Settings::setTheme(ThemeChoice theme) {
  if (theme == this->theme()) return;
  setValue(QStringLiteral("theme"), theme == ThemeChoice::Light  ? QStringLiteral("light")
                                    : theme == ThemeChoice::Dark ? QStringLiteral("dark")
                                                                 : QStringLiteral("system"));
  write();
  Q_EMIT themeChanged();
}

QString Settings::language() const { return value(QStringLiteral("language")).toString(); }

void Settings::setLanguage(const QString& language) {
  if (language == this->language()) return;
  setValue(QStringLiteral("language"), language);
  write();
  Q_EMIT languageChanged();
}

QString Settings::numberLocale() const { return value(QStringLiteral("numbers")).toString(); }

void Settings::setNumberLocale(const QString& locale) {
  if (locale == numberLocale()) return;
  setValue(QStringLiteral("numbers"), locale);
  write();
  Q_EMIT numbersChanged();
}

int Settings::threadsForWindow() const {
  const int most = std::max(0, QThread::idealThreadCount() - 1);
  return std::clamp(value(QStringLiteral("threadsForWindow"), 0).toInt(), 0, most);
}

void Settings::setThreadsForWindow(int threads) {
  setValue(QStringLiteral("threadsForWindow"), threads);
}

int Settings::jobThreads() const {
  return std::max(1, QThread::idealThreadCount() - threadsForWindow());
}

QStringList Settings::modelFolders() const {
  return value(QStringLiteral("modelFolders")).toStringList();
}

void Settings::setModelFolders(const QStringList& folders) {
  if (folders == modelFolders()) return;
  setValue(QStringLiteral("modelFolders"), folders);
  write();
  Q_EMIT modelFoldersChanged();
}

void Settings::addModelFolder(const QString& folder) {
  QStringList folders = modelFolders();
  if (folders.contains(folder)) return;
  folders.append(folder);
  setModelFolders(folders);
}

QStringList Settings::recentProjects() const {
  return value(QStringLiteral("recentProjects")).toStringList();
}

void Settings::addRecentProject(const QString& path) {
  QStringList paths = recentProjects();
  paths.removeAll(path);
  paths.prepend(path);
  while (paths.size() > kRecentProjects) paths.removeLast();
  setValue(QStringLiteral("recentProjects"), paths);
  write();
  Q_EMIT recentProjectsChanged();
}

void Settings::removeRecentProject(const QString& path) {
  QStringList paths = recentProjects();
  if (paths.removeAll(path) == 0) return;
  setValue(QStringLiteral("recentProjects"), paths);
  write();
  Q_EMIT recentProjectsChanged();
}

}  // namespace wordsight::ui
