#include "shell/single_instance.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QLocalServer>
#include <QLocalSocket>

namespace wordsight::ui {

namespace {

constexpr int kPatience = 300;  // ms that a living window may take to answer

QString doorOf(const QString& projectFile) {
  const QString canonical = QFileInfo(projectFile).canonicalFilePath();
  const QByteArray hash = QCryptographicHash::hash(
      (canonical.isEmpty() ? projectFile : canonical).toUtf8(), QCryptographicHash::Sha1);
  return QStringLiteral("wordsight-") + qEnvironmentVariable("USER") + u'-' +
         QString::fromLatin1(hash.toHex().left(16));
}

}  // namespace

SingleInstance::SingleInstance(QObject* parent) : QObject(parent) {}
SingleInstance::~SingleInstance() = default;

bool SingleInstance::raiseOther(const QString& projectFile) {
  QLocalSocket socket;
  socket.connectToServer(doorOf(projectFile));
  if (!socket.waitForConnected(kPatience)) return false;
  socket.write("raise\n");
  socket.waitForBytesWritten(kPatience);
  socket.disconnectFromServer();
  return true;
}

void SingleInstance::claim(const QString& projectFile) {
  m_server.reset();
  if (projectFile.isEmpty()) return;
  m_server = std::make_unique<QLocalServer>();
  m_server->setSocketOptions(QLocalServer::UserAccessOption);
  const QString door = doorOf(projectFile);
  if (!m_server->listen(door)) {
    // Left by a window that crashed: raiseOther() found nobody behind it.
    QLocalServer::removeServer(door);
    m_server->listen(door);
  }
  connect(m_server.get(), &QLocalServer::newConnection, this, [this] {
    while (QLocalSocket* socket = m_server->nextPendingConnection()) {
      connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
      Q_EMIT raiseRequested();
    }
  });
}

}  // namespace wordsight::ui
