#include "models/evaluations/evaluation_feed.h"

#include <algorithm>

#include "bridge/format.h"

namespace wordsight::ui {

EvaluationFeed::EvaluationFeed(QObject* parent) : QObject(parent) {}

void EvaluationFeed::setSession(Session* session) {
  if (m_session) m_session->disconnect(this);
  m_query.cancel();
  m_session = session;
  m_entries.clear();
  m_cells.clear();
  m_live.clear();
  m_loaded = false;
  if (session) {
    connect(session, &Session::jobEvent, this, &EvaluationFeed::heard);
    connect(session, &Session::jobEnded, this, &EvaluationFeed::ended);
    connect(session, &Session::jobsChanged, this, &EvaluationFeed::changed);
    connect(session, &Session::contentChanged, this, [this](Content content) {
      if (content == Content::Runs || content == Content::Predictions) reload();
    });
    reload();
  }
  Q_EMIT changed();
}

void EvaluationFeed::reload() {
  if (!m_session) return;
  m_query.ask(m_session->database(), this, loadEvaluations,
              [this](Result<std::vector<EvaluationEntry>> answer) {
                if (!answer) {
                  Q_EMIT failed(toQt(answer.error().message));
                  return;
                }
                m_entries = std::move(*answer);
                m_loaded = true;
                for (auto& entry : m_entries)
                  if (const auto live = m_live.find(entry.run);
                      live != m_live.end() && entry.tally.n < live->second.n)
                    entry.tally = live->second;
                Q_EMIT changed();
              });
}

const EvaluationEntry* EvaluationFeed::find(RunId run) const {
  const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                  [run](const auto& entry) { return entry.run == run; });
  return found == m_entries.end() ? nullptr : &*found;
}

EvaluationEntry* EvaluationFeed::entryOf(RunId run) {
  return const_cast<EvaluationEntry*>(std::as_const(*this).find(run));
}

const EvaluationEntry* EvaluationFeed::latest(const CellKey& key) const {
  const EvaluationEntry* stopped = nullptr;
  for (const auto& entry : m_entries) {
    if (!entry.recorded.empty() || !(entry.key() == key)) continue;
    if (entry.status == RunStatus::Done || entry.status == RunStatus::Running) return &entry;
    if (!stopped) stopped = &entry;
  }
  return stopped;
}

jobs::JobNumber EvaluationFeed::start(const QString& label, const jobs::EvaluationSpec& spec) {
  const auto number = m_session->submit(
      Session::kModelLane, label,
      [spec](const jobs::JobContext& context) { return jobs::evaluate(context, spec); });
  m_cells[number] = {spec.benchmark, spec.model, spec.adapter, spec.arm};
  Q_EMIT changed();
  return number;
}

jobs::JobNumber EvaluationFeed::resume(const EvaluationEntry& entry, const QString& label) {
  const auto number =
      m_session->submit(Session::kModelLane, label,
                        [spec = entry.spec, run = entry.run](const jobs::JobContext& context) {
                          return jobs::evaluate(context, spec, run);
                        });
  m_cells[number] = entry.key();
  Q_EMIT changed();
  return number;
}

const JobView* EvaluationFeed::jobOf(const CellKey& key) const {
  const JobView* waiting = nullptr;
  for (const auto& [number, cell] : m_cells) {
    const JobView* job = m_session && cell == key ? m_session->job(number) : nullptr;
    if (!job || job->state == JobView::State::Ended) continue;
    if (job->state != JobView::State::Waiting) return job;
    waiting = job;
  }
  return waiting;
}

std::vector<JobView> EvaluationFeed::pending() const {
  std::vector<JobView> views;
  if (!m_session) return views;
  for (const auto& view : m_session->jobs())
    if (view.state != JobView::State::Ended && m_cells.contains(view.number)) views.push_back(view);
  return views;
}

void EvaluationFeed::heard(quint64 number, const Event& event) {
  if (const auto* tally = std::get_if<Tally>(&event.what)) {
    m_live[event.run] = *tally;
    if (auto* entry = entryOf(event.run)) {
      entry->tally = *tally;
      m_cells[number] = entry->key();  // also of jobs that others queued
    }
    Q_EMIT tallied(event.run);
  } else if (std::holds_alternative<Finished>(event.what)) {
    m_live.erase(event.run);
  }
}

void EvaluationFeed::ended(quint64 number) {
  if (m_cells.erase(number) == 0) return;
  reload();
  Q_EMIT changed();
}

}  // namespace wordsight::ui
