#include "console.h"

#include <unistd.h>

#include <cmath>
#include <cstdio>

namespace wordsight::cli {
namespace {

constexpr double kSecondsBetweenLines = 10;  // where there is no terminal to rewrite a line on

std::string fixed(double value, int digits) {
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%.*f", digits, value);
  return buffer;
}

void print(std::FILE* to, const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), to);
  std::fflush(to);
}

std::string bar(std::int64_t done, std::int64_t total) {
  constexpr int kWidth = 24;
  const int filled = total > 0 ? static_cast<int>(kWidth * done / total) : 0;
  std::string text = "[";
  for (int i = 0; i < kWidth; ++i) text += i < filled ? "=" : " ";
  return text + "]";
}

}  // namespace

Console::Console(bool json) : m_json(json), m_terminal(::isatty(STDERR_FILENO) == 1) {}
Console::~Console() { clearProgress(); }

EventSink Console::sink() {
  return [this](const Event& event) {
    const std::lock_guard lock(m_mutex);
    if (!m_json) return show(event);
    Json json = toJson(event);
    if (json["event"] == "finished")
      json["event"] = "run_finished";  // the verb's own line ends the output
    print(stdout, dumpJson(json) + "\n");
  };
}

void Console::clearProgress() {
  if (m_progress.empty()) return;
  print(stderr, "\r\033[K");
  m_progress.clear();
}

void Console::show(const Event& event) {
  if (const auto* started = std::get_if<Started>(&event.what)) {
    clearProgress();
    m_stage.clear();
    m_detail.clear();
    print(stderr, std::string(toText(started->kind)) + ": " + started->label + " (run " +
                      std::to_string(event.run.value) + ")\n");
  } else if (const auto* progress = std::get_if<Progress>(&event.what)) {
    showProgress(*progress);
  } else if (const auto* step = std::get_if<StepMetrics>(&event.what)) {
    m_detail =
        "loss " + fixed(step->loss, 4) + "  " + fixed(step->tokensPerSecond, 0) + " tokens/s";
  } else if (const auto* eval = std::get_if<EvalMetrics>(&event.what)) {
    clearProgress();
    std::string text = "  step " + std::to_string(eval->step);
    if (eval->evalLoss) text += "  held-out loss " + fixed(*eval->evalLoss, 4);
    if (eval->probeAccuracy)
      text += "  probe " + fixed(*eval->probeAccuracy * 100, 1) + " % of " +
              std::to_string(eval->probeItems);
    print(stderr, text + "\n");
  } else if (const auto* tally = std::get_if<Tally>(&event.what)) {
    m_detail = fixed(tally->accuracy * 100, 1) + " % right";
  } else if (const auto* log = std::get_if<LogLine>(&event.what)) {
    clearProgress();
    print(stderr,
          (log->level == LogLine::Level::Warning ? "  warning: " : "  ") + log->text + "\n");
  } else if (std::holds_alternative<Finished>(event.what)) {
    clearProgress();
  }
}

void Console::showProgress(const Progress& progress) {
  std::string text = "  " + progress.stage + " ";
  if (progress.total > 0) {
    if (m_terminal) text += bar(progress.done, progress.total) + " ";
    text += std::to_string(progress.done) + "/" + std::to_string(progress.total);
  } else {
    text += std::to_string(progress.done);
  }
  text += " " + progress.unit;
  if (!progress.detail.empty()) text += " (" + progress.detail + ")";
  if (progress.rate > 0) {
    text += "  " + fixed(progress.rate, progress.rate < 10 ? 1 : 0) + "/s";
    if (progress.total > progress.done)
      text += "  " +
              humanDuration(static_cast<double>(progress.total - progress.done) / progress.rate) +
              " left";
  }
  if (!m_detail.empty()) text += "  " + m_detail;
  if (m_terminal) {
    print(stderr, "\r\033[K" + text);
    m_progress = text;
    return;
  }
  const bool newStage = progress.stage != m_stage;
  const bool ended = progress.total > 0 && progress.done == progress.total;
  if (newStage) {
    m_stage = progress.stage;
    m_lastLine.restart();
  }
  if (!ended && m_lastLine.seconds() < kSecondsBetweenLines) return;
  m_lastLine.restart();
  print(stderr, text + "\n");
}

void Console::line(const std::string& text) {
  if (m_json) return;
  const std::lock_guard lock(m_mutex);
  clearProgress();
  print(stdout, text.ends_with('\n') ? text : text + "\n");
}

void Console::object(const Json& json) {
  if (!m_json) return;
  const std::lock_guard lock(m_mutex);
  print(stdout, dumpJson(json) + "\n");
}

void Console::warning(const std::string& text) {
  if (m_json) return object(Json{{"event", "log"}, {"level", "warning"}, {"text", text}});
  const std::lock_guard lock(m_mutex);
  clearProgress();
  print(stderr, "warning: " + text + "\n");
}

void Console::finished(const Json& summary) {
  Json json{{"event", "finished"}, {"status", "done"}};
  for (const auto& [key, value] : summary.items()) json[key] = value;
  object(json);
}

int Console::failed(const Error& error) {
  const bool cancelled = error.kind == ErrorKind::Cancelled;
  if (m_json) {
    object(Json{{"event", "finished"},
                {"status", cancelled ? "cancelled" : "failed"},
                {"error", error.message}});
  } else {
    const std::lock_guard lock(m_mutex);
    clearProgress();
    print(stderr, (cancelled ? "" : "error: ") + error.message + "\n");
  }
  return cancelled ? kInterrupted : kFailed;
}

}  // namespace wordsight::cli
