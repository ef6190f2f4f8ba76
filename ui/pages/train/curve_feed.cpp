#include "pages/train/curve_feed.h"

#include <algorithm>

#include "bridge/format.h"
#include "plots/curve_group.h"
#include "store/metric_repository.h"

namespace wordsight::ui {

namespace {

/// Appending costs about 0.1 µs a point and metric; this many stay below 2 ms.
constexpr std::size_t kSlice = 10'000;

Result<std::vector<MetricPoint>> historyOf(store::Connection& connection, RunId run,
                                           const std::stop_token& stop) {
  store::MetricRepository metrics(connection);
  std::vector<MetricPoint> all;
  WORDSIGHT_TRY(const auto names, metrics.names(run));
  for (const auto& name : names) {
    if (stop.stop_requested()) return fail("No longer asked for.", ErrorKind::Cancelled);
    WORDSIGHT_TRY(auto points, metrics.series(run, name));
    std::move(points.begin(), points.end(), std::back_inserter(all));
  }
  return all;
}

}  // namespace

std::vector<MetricPoint> pointsOf(const StepMetrics& m) {
  const auto point = [&](const char* name, double value) {
    return MetricPoint{name, m.step, m.samples, m.tokens, m.seconds, value};
  };
  return {point("loss", m.loss), point("lr", m.lr), point("grad_norm", m.gradNorm),
          point("tokens_per_s", m.tokensPerSecond), point("memory_mib", m.memoryMiB)};
}

std::vector<MetricPoint> pointsOf(const EvalMetrics& m) {
  std::vector<MetricPoint> points;
  if (m.evalLoss)
    points.push_back({"eval_loss", m.step, m.samples, m.tokens, m.seconds, *m.evalLoss});
  if (m.probeAccuracy)
    points.push_back({"probe_accuracy", m.step, m.samples, m.tokens, m.seconds, *m.probeAccuracy});
  return points;
}

CurveFeed::CurveFeed(CurveGroup& group, QObject* parent) : QObject(parent), m_group(group) {
  m_slices.setInterval(0);
  connect(&m_slices, &QTimer::timeout, this, &CurveFeed::appendSlice);
}

void CurveFeed::setSession(Session* session) {
  if (m_session) m_session->disconnect(this);
  for (auto& [run, member] : m_members) member.stop.request_stop();
  m_members.clear();
  m_deliveries.clear();
  m_slices.stop();
  m_group.clear();
  m_session = session;
  if (session)
    connect(session, &Session::jobEvent, this,
            [this](quint64, const Event& event) { hear(event); });
}

void CurveFeed::show(const std::vector<Shown>& runs) {
  if (!m_session) return;
  const auto wanted = [&](RunId run) {
    return std::any_of(runs.begin(), runs.end(), [run](const Shown& s) { return s.run == run; });
  };
  for (auto it = m_members.begin(); it != m_members.end();) {
    if (wanted(it->first)) {
      ++it;
      continue;
    }
    it->second.stop.request_stop();
    const RunId gone = it->first;
    std::erase_if(m_deliveries, [gone](const Delivery& d) { return d.run == gone; });
    m_group.removeRun(gone.value);
    it = m_members.erase(it);
  }
  for (const Shown& shown : runs) {
    const bool known = m_members.count(shown.run) > 0;
    if (!known) {
      const int place = freePlace();
      Member& member = m_members[shown.run];
      member.place = place;
      member.style = seriesStyle(place);
    }
    Member& member = m_members[shown.run];
    m_group.setRun({shown.run.value, shown.label, member.style, shown.live});
    if (!known) load(shown.run, member);
  }
  Q_EMIT stylesChanged();
}

int CurveFeed::freePlace() const {
  for (int place = 0;; ++place)
    if (std::none_of(m_members.begin(), m_members.end(),
                     [place](const auto& entry) { return entry.second.place == place; }))
      return place;
}

const SeriesStyle* CurveFeed::style(RunId run) const {
  const auto found = m_members.find(run);
  return found == m_members.end() ? nullptr : &found->second.style;
}

bool CurveFeed::complete() const {
  return m_deliveries.empty() && std::all_of(m_members.begin(), m_members.end(),
                                             [](const auto& entry) { return entry.second.ready; });
}

void CurveFeed::load(RunId run, Member& member) {
  const auto stop = member.stop.get_token();
  m_session->database().read(
      this, [run, stop](store::Connection& c) { return historyOf(c, run, stop); },
      [this, run](Result<std::vector<MetricPoint>> history) { arrived(run, std::move(history)); },
      stop);
}

void CurveFeed::arrived(RunId run, Result<std::vector<MetricPoint>> history) {
  const auto found = m_members.find(run);
  if (found == m_members.end()) return;
  if (!history) Q_EMIT failed(toQt(history.error().message));
  Member& member = found->second;
  auto points = history ? std::move(*history) : std::vector<MetricPoint>();
  std::move(member.waiting.begin(), member.waiting.end(), std::back_inserter(points));
  member.waiting.clear();
  member.ready = true;
  m_deliveries.push_back({run, std::move(points), 0});
  m_slices.start();
}

void CurveFeed::appendSlice() {
  if (m_deliveries.empty()) return m_slices.stop();
  Delivery& delivery = m_deliveries.front();
  const auto count = std::min(kSlice, delivery.points.size() - delivery.next);
  m_group.append(delivery.run.value, std::span(delivery.points).subspan(delivery.next, count));
  delivery.next += count;
  if (delivery.next < delivery.points.size()) return;
  const RunId run = delivery.run;
  m_deliveries.pop_front();
  if (m_deliveries.empty()) m_slices.stop();
  Q_EMIT loaded(run);
}

void CurveFeed::hear(const Event& event) {
  if (m_members.count(event.run) == 0) return;
  if (const auto* step = std::get_if<StepMetrics>(&event.what)) take(event.run, pointsOf(*step));
  if (const auto* eval = std::get_if<EvalMetrics>(&event.what)) take(event.run, pointsOf(*eval));
}

void CurveFeed::take(RunId run, std::vector<MetricPoint> points) {
  Member& member = m_members.at(run);
  if (!member.ready) {
    std::move(points.begin(), points.end(), std::back_inserter(member.waiting));
    return;
  }
  // Behind its own history, when that is still on its way into the plots.
  for (auto it = m_deliveries.rbegin(); it != m_deliveries.rend(); ++it) {
    if (it->run != run) continue;
    std::move(points.begin(), points.end(), std::back_inserter(it->points));
    return;
  }
  m_group.append(run.value, points);
}

}  // namespace wordsight::ui
