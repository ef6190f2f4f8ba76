#include "eval/report.h"

#include <cmath>
#include <cstdio>
#include <string_view>

#include "base/file.h"
#include "base/utf8.h"
#include "domain/json.h"
#include "embedded_report.h"

namespace wordsight::eval {
namespace {

std::string escapedHtml(std::string_view raw) {
  std::string out;
  for (const char c : toValidUtf8(raw)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      case '\0':
        break;
      default:
        out += c;
    }
  }
  return out;
}

/// JSON that may stand inside a script element: "</script" and "<!--" cannot occur in it.
std::string jsonForScript(const Json& json) {
  std::string out;
  for (const char c : dumpJson(json)) {
    if (c == '<')
      out += "\\u003c";
    else if (c == '>')
      out += "\\u003e";
    else if (c == '&')
      out += "\\u0026";
    else
      out += c;
  }
  return out;
}

void appendBase64(std::string& out, std::string_view bytes) {
  constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const auto at = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i]));
  };
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t left = bytes.size() - i;
    const std::uint32_t three =
        at(i) << 16 | (left > 1 ? at(i + 1) << 8 : 0) | (left > 2 ? at(i + 2) : 0);
    out += kDigits[three >> 18];
    out += kDigits[three >> 12 & 63];
    out += left > 1 ? kDigits[three >> 6 & 63] : '=';
    out += left > 2 ? kDigits[three & 63] : '=';
  }
}

/// "image/jpeg" and the like from the first bytes; empty for anything else.
const char* pictureType(std::string_view bytes) {
  if (bytes.starts_with("\xff\xd8\xff")) return "image/jpeg";
  if (bytes.starts_with(std::string_view("\x89PNG\r\n\x1a\n", 8))) return "image/png";
  if (bytes.size() > 12 && bytes.starts_with("RIFF") && bytes.substr(8, 4) == "WEBP")
    return "image/webp";
  return "";
}

double rounded(double value, double scale = 1e4) { return std::round(value * scale) / scale; }

Json itemsToJson(const std::vector<BenchmarkItem>& items) {
  Json out = Json::array();
  for (const auto& item : items) {
    const auto& content = item.content;
    out.push_back(Json{{"i", item.index},
                       {"c", content.category},
                       {"s", content.situation},
                       {"q", content.question},
                       {"o", content.options},
                       {"k", content.key},
                       {"n", item.nonIntervention},
                       {"r", content.rationale},
                       {"vp", item.positiveValues},
                       {"vn", item.negativeValues},
                       {"f", item.imageFile}});
  }
  return out;
}

Json cellToJson(const Cell& cell) {
  Json out{{"name", cell.name},
           {"model", cell.model},
           {"arm", cell.arm},
           {"accuracy", cell.accuracy.value},
           {"low", cell.accuracy.low},
           {"high", cell.accuracy.high},
           {"n", cell.accuracy.n},
           {"ownN", cell.own.n},
           {"own", cell.own.value},
           {"recorded", cell.settings.recorded},
           {"unread", cell.unread},
           {"over", cell.overIntervention},
           {"shouldNot", cell.shouldNot},
           {"under", cell.underIntervention},
           {"shouldAct", cell.shouldAct},
           {"letters", cell.letters}};
  if (cell.calibrationError) out["ece"] = *cell.calibrationError;
  Json categories = Json::array();
  for (const auto& each : cell.categories)
    categories.push_back(
        Json::array({each.accuracy.value, each.accuracy.low, each.accuracy.high, each.accuracy.n}));
  out["categories"] = std::move(categories);
  // One list a field: option, rule, text, and where they exist probabilities and milliseconds.
  Json options = Json::array(), rules = Json::array(), texts = Json::array(),
       shares = Json::array(), times = Json::array();
  bool anyShares = false, anyTimes = false;
  for (const auto& answer : cell.answers) {
    options.push_back(answer.choice.option);
    rules.push_back(answer.choice.rule);
    texts.push_back(answer.rawText);
    Json list = Json::array();
    for (const double share : answer.probabilities)
      list.push_back(std::isfinite(share) ? rounded(share) : 0.0);
    anyShares |= !list.empty();
    shares.push_back(list.empty() ? Json() : std::move(list));
    anyTimes |= answer.milliseconds > 0;
    times.push_back(std::isfinite(answer.milliseconds) ? std::llround(answer.milliseconds) : 0);
  }
  out["o"] = std::move(options);
  out["u"] = std::move(rules);
  out["t"] = std::move(texts);
  if (anyShares) out["p"] = std::move(shares);
  if (anyTimes) out["m"] = std::move(times);
  return out;
}

Json dataOf(const Comparison& comparison, const ReportInfo& info) {
  Json out;
  double chance = 0;
  for (const auto& item : comparison.items)
    if (!item.content.options.empty())
      chance += 1.0 / static_cast<double>(item.content.options.size());
  out["chance"] = comparison.items.empty()
                      ? 0.0
                      : rounded(chance / static_cast<double>(comparison.items.size()));
  out["seed"] = comparison.seed;
  out["leftOut"] =
      Json{{"unusable", comparison.leftOutUnusable}, {"unanswered", comparison.leftOutUnanswered}};
  out["remarks"] = remarksOn(comparison);
  out["categories"] = comparison.categories;
  out["items"] = itemsToJson(comparison.items);
  out["cells"] = Json::array();
  for (const auto& cell : comparison.cells) out["cells"].push_back(cellToJson(cell));
  out["pairs"] = Json::array();
  for (const auto& pair : comparison.pairs) {
    Json categories = Json::array();
    for (const auto& each : pair.categories)
      categories.push_back(Json::array({each.difference, each.p, each.pHolm}));
    out["pairs"].push_back(Json{{"first", pair.first},
                                {"second", pair.second},
                                {"difference", pair.difference},
                                {"low", pair.interval.low},
                                {"high", pair.interval.high},
                                {"p", pair.p},
                                {"pHolm", pair.pHolm},
                                {"categories", std::move(categories)}});
  }
  out["published"] = Json::array();
  if (info.published)
    for (const auto& each : publishedViva())
      out["published"].push_back(
          Json{{"model", each.model}, {"arm", each.arm}, {"accuracy", each.accuracy}});
  return out;
}

std::string factsOf(const Comparison& comparison, const ReportInfo& info) {
  std::string out;
  const auto line = [&](std::string_view name, std::string_view value) {
    if (value.empty()) return;
    out += "<div><dt>" + escapedHtml(name) + "</dt><dd>" + escapedHtml(value) + "</dd></div>\n";
  };
  line("Project", info.project);
  line("Benchmark", info.benchmark);
  line("Items", std::to_string(comparison.items.size()));
  line("Date", info.date);
  for (const auto& [name, value] : info.facts) line(name, value);
  return out;
}

std::string lines(const std::vector<std::string>& sentences) {
  std::string out;
  for (const auto& sentence : sentences) out += sentence + "\n";
  return out;
}

std::string picturesOf(const Comparison& comparison, const PictureSource& source) {
  std::string out;
  if (!source) return out;
  for (std::size_t i = 0; i < comparison.items.size(); ++i) {
    const std::string bytes = source(comparison.items[i]);
    const std::string type = pictureType(bytes);
    if (type.empty()) continue;
    out +=
        "<script type=\"text/plain\" id=\"p" + std::to_string(i) + "\" data-type=\"" + type + "\">";
    appendBase64(out, bytes);
    out += "</script>\n";
  }
  return out;
}

}  // namespace

std::string renderReport(const Comparison& comparison, const ReportInfo& info,
                         const PictureSource& pictures) {
  const std::string_view page = embedded::report("report.html");
  std::string out;
  // One pass over the template: what is filled in is not searched for markers again.
  for (std::size_t i = 0; i < page.size();) {
    const auto open = page.find("<!--@", i);
    const auto close = open == page.npos ? open : page.find("-->", open);
    out += page.substr(i, open == page.npos ? page.npos : open - i);
    if (close == page.npos) break;
    const auto name = page.substr(open + 5, close - open - 5);
    if (name == "title")
      out += escapedHtml(info.title);
    else if (name == "style")
      out += embedded::report("report.css");
    else if (name == "script")
      out += embedded::report("report.js");
    else if (name == "facts")
      out += factsOf(comparison, info);
    else if (name == "table")
      out += escapedHtml(renderTable(comparison.cells) + lines(remarksOn(comparison)));
    else if (name == "data")
      out += jsonForScript(dataOf(comparison, info));
    else if (name == "pictures")
      out += picturesOf(comparison, pictures);
    i = close + 3;
  }
  return out;
}

Status writeReport(const std::filesystem::path& file, const Comparison& comparison,
                   const ReportInfo& info, const PictureSource& pictures) {
  return writeFileAtomically(file, renderReport(comparison, info, pictures));
}

}  // namespace wordsight::eval
