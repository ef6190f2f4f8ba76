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

void dropFrom(std::vector<MetricPoint>& points, std::size_t first, std::int64_t step) {
  points.erase(std::remove_if(points.begin() + static_cast<std::ptrdiff_t>(first), points.end(),
                              [step](const MetricPoint& point) { return point.step >= step; }),
               points.end());
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
  // It may be older than what was heard, or newer: either way what was heard stands.
  if (member.liveFrom) dropFrom(points, 0, *member.liveFrom);
  for (const auto& point : points) member.last = std::max(member.last, point.step);
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
  if (const auto* step = std::get_if<StepMetrics>(&event.what))
    take(event.run, pointsOf(*step), step->step);
  // An evaluation follows the step that it belongs to.
  if (const auto* eval = std::get_if<EvalMetrics>(&event.what))
    take(event.run, pointsOf(*eval), eval->step + 1);
}

/// The run was resumed from a checkpoint before `from`. Held-out loss and probe of later steps
/// would otherwise stand until they are measured again, or for ever.
void CurveFeed::goBack(RunId run, Member& member, std::int64_t from) {
  dropFrom(member.waiting, 0, from);
  for (Delivery& delivery : m_deliveries)
    if (delivery.run == run) dropFrom(delivery.points, delivery.next, from);
  m_group.dropFrom(run.value, from);
  member.last = from - 1;
}

void CurveFeed::take(RunId run, std::vector<MetricPoint> points, std::int64_t from) {
  Member& member = m_members.at(run);
  if (from <= member.last) goBack(run, member, from);
  member.last = std::max(member.last, points.empty() ? from - 1 : points.front().step);
  member.liveFrom = std::min(member.liveFrom.value_or(from), from);
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
