#include "pages/common/page.h"

namespace wordsight::ui {

Page::Page(PageId id, Services services, QWidget* parent)
    : QWidget(parent), m_id(id), m_services(services) {}

void Page::setSession(Session* session) {
  if (session == m_session) return;
  if (m_session) {
    m_session->disconnect(this);
    m_session->database().disconnect(this);
  }
  m_session = session;
  sessionChanged();
}

QString Page::title(PageId id) {
  switch (id) {
    case PageId::Overview:
      return tr("Overview");
    case PageId::Scenarios:
      return tr("Scenarios");
    case PageId::Train:
      return tr("Train");
    case PageId::Evaluate:
      return tr("Evaluate");
    case PageId::Compare:
      return tr("Compare");
    case PageId::Runs:
      return tr("Runs");
    case PageId::Models:
      return tr("Models");
  }
  return {};
}

QString Page::iconName(PageId id) {
  switch (id) {
    case PageId::Overview:
      return QStringLiteral("overview");
    case PageId::Scenarios:
      return QStringLiteral("scenarios");
    case PageId::Train:
      return QStringLiteral("train");
    case PageId::Evaluate:
      return QStringLiteral("evaluate");
    case PageId::Compare:
      return QStringLiteral("compare");
    case PageId::Runs:
      return QStringLiteral("runs");
    case PageId::Models:
      return QStringLiteral("models");
  }
  return {};
}

QString Page::description(PageId id) {
  switch (id) {
    case PageId::Overview:
      return tr("Where the experiment stands, and the next step");
    case PageId::Scenarios:
      return tr("Generate, import and curate the texts to train on");
    case PageId::Train:
      return tr("Train an adapter and watch its curves");
    case PageId::Evaluate:
      return tr("Ask models about a benchmark's pictures and captions");
    case PageId::Compare:
      return tr("Answers side by side, item by item");
    case PageId::Runs:
      return tr("Everything that took time: list, mark, compare settings");
    case PageId::Models:
      return tr("Checkpoints and adapters in your folders");
  }
  return {};
}

}  // namespace wordsight::ui
