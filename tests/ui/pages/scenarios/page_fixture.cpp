#include "page_fixture.h"

#include <QAbstractButton>
#include <QLabel>
#include <QLineEdit>

#include "bridge/format.h"
#include "widgets/theme.h"

namespace wordsight::ui {

using test::spinUntil;

ScenariosPageTest::ScenariosPageTest()
    : m_settings(toQt((m_folder / "settings.ini").string())), m_catalog(m_settings) {
  applyTheme(ThemeChoice::Light);
}

ScenariosPageTest::~ScenariosPageTest() {
  m_page.reset();
  m_session.reset();
}

void ScenariosPageTest::start(int scenarios) {
  if (scenarios > 0) m_demo.addScenarios(scenarios);
  startSession();
  ASSERT_TRUE(spinUntil([&] {
    return model()->rowCount() == scenarios && !find<QLabel>("filterCount")->text().isEmpty();
  }));
  settle();
}

void ScenariosPageTest::startSession() {
  m_session = std::make_unique<Session>(m_demo.project());
  m_page = std::make_unique<ScenariosPage>(Services{m_settings, m_catalog});
  m_page->resize(1208, 760);
  m_page->show();
  m_page->setSession(m_session.get());
  m_page->activateWindow();
  EXPECT_TRUE(QTest::qWaitForWindowActive(m_page.get(), 5000));
}

void ScenariosPageTest::click(const char* name) {
  auto* button = find<QAbstractButton>(name);
  ASSERT_TRUE(button);
  ASSERT_TRUE(button->isEnabled()) << name;
  QTest::mouseClick(button, Qt::LeftButton, {}, {8, button->height() / 2});
}

void ScenariosPageTest::type(const char* name, const char* text) {
  auto* field = find<QWidget>(name);
  ASSERT_TRUE(field);
  field->setFocus();
  QTest::keyClicks(field, QString::fromUtf8(text));
}

void ScenariosPageTest::press(Qt::Key key, Qt::KeyboardModifiers modifiers) {
  QTest::keyClick(table(), key, modifiers);
}

void ScenariosPageTest::settle() {
  // Answers ask further questions: until some rounds in a row were quiet.
  for (int quiet = 0; quiet < 4; ++quiet) {
    m_session->database().waitIdle();
    QTest::qWait(20);
  }
}

Scenario ScenariosPageTest::scenario(int id) {
  const auto connection = m_demo.project().connect();
  return store::ScenarioRepository(**connection).get(ScenarioId(id)).value();
}

store::ScenarioHistory ScenariosPageTest::history(int id) {
  const auto connection = m_demo.project().connect();
  return store::ScenarioRepository(**connection).history(ScenarioId(id)).value();
}

void ScenariosPageTest::editElsewhere(int id, const std::string& situation) {
  const auto connection = m_demo.project().connect();
  store::ScenarioRepository scenarios(**connection);
  auto content = scenarios.get(ScenarioId(id)).value().content;
  content.situation = situation;
  EXPECT_OK(scenarios.edit(ScenarioId(id), content, "somebody"));
}

void ScenariosPageTest::add(const ScenarioContent& content) {
  const auto connection = m_demo.project().connect();
  Provenance from;
  from.generator = "file:own.jsonl";
  from.strategy = "imported";
  from.source = "own.jsonl:1";
  EXPECT_OK(store::ScenarioRepository(**connection).add({content, from, "import"}));
}

ScenarioContent ScenariosPageTest::broken() {
  ScenarioContent content;
  content.situation = "An elderly woman has slipped on the ice in front of the bakery.";
  content.question = "What is the best thing to do?";
  content.options = {"Walk on", "A photograph", "C. Help her up and ask whether she is hurt",
                     "walk on.", ""};
  content.key = 0;
  content.rationale = "The correct answer is (C): she may be hurt.";
  content.category = "assistance of people in distress";
  return content;
}

void ScenariosPageTest::shoot(const char* name) {
  test::screenshots(*m_page, QStringLiteral("page_scenarios_") + QString::fromLatin1(name), [this] {
    QTest::qWait(280);  // menus and counts follow after a moment
    settle();
  });
}

}  // namespace wordsight::ui
