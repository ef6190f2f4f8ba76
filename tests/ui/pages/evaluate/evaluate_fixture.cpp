#include "evaluate_fixture.h"

#include "widgets/message_bar.h"

namespace wordsight::ui::test {

void EvaluateFixture::SetUp() {
  m_project = std::make_unique<DemoProject>();
  m_settings = std::make_unique<Settings>(toQt((m_project->folder() / "settings.ini").string()));
  m_catalog = std::make_unique<ModelCatalog>(*m_settings);
}

void EvaluateFixture::unpack() {
  auto world = jobs::unpackDemoWorld((m_project->folder() / "world").string());
  ASSERT_OK(world);
  m_world = *world;
}

void EvaluateFixture::openPage(bool readOnly) {
  if (readOnly) {
    auto project = store::Project::open(m_project->project().path(), store::OpenMode::ReadOnly);
    ASSERT_OK(project);
    m_session = std::make_unique<Session>(*project);
  } else {
    m_session = std::make_unique<Session>(m_project->project());
  }
  m_page = std::make_unique<EvaluatePage>(Services{*m_settings, *m_catalog});
  m_page->resize(1280, 800);
  m_page->show();
  m_page->setSession(m_session.get());
  m_page->shown();
  m_session->database().waitIdle();
}

void EvaluateFixture::TearDown() {
  if (m_page) m_page->setSession(nullptr);
  m_page.reset();
  m_catalog->setSession(nullptr);
  m_session.reset();
  m_catalog.reset();
}

QString EvaluateFixture::message(const char* bar) {
  auto* found = find<QWidget>(bar);
  auto* message = qobject_cast<MessageBar*>(found);
  if (!message) message = found->findChild<MessageBar*>();
  return message ? message->sentence() : QString();
}

void EvaluateFixture::waitForModel() {
  m_page->form().model().setFolder(worldModel());
  ASSERT_TRUE(spinUntil([&] { return find<CellTile>("cell_base_caption")->isEnabled(); }))
      << find<CellTile>("cell_base_caption")->toolTip().toStdString();
}

std::vector<EvaluationEntry> EvaluateFixture::stored() {
  auto connection = m_project->project().connect();
  if (!connection) throw std::runtime_error(connection.error().message);
  auto entries = loadEvaluations(**connection);
  if (!entries) throw std::runtime_error(entries.error().message);
  return *entries;
}

bool EvaluateFixture::waitIdle(int milliseconds) {
  if (!spinUntil([&] { return !m_session->busy(); }, milliseconds)) return false;
  m_session->database().waitIdle();
  QApplication::processEvents();
  return true;
}

}  // namespace wordsight::ui::test
