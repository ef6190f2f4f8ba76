#include "domain/benchmark.h"

namespace wordsight {

Json toJson(const BenchmarkReport& report) {
  Json json;
  json["items"] = report.items;
  json["keys_missing"] = report.keysMissing;
  json["keys_repaired"] = report.keysRepaired;
  json["unusable"] = report.unusable;
  json["nan_tokens"] = report.nanTokens;
  json["pictures_found"] = report.picturesFound;
  json["pictures_missing"] = report.picturesMissing;
  Json issues = Json::array();
  for (const auto& issue : report.issues)
    issues.push_back(Json{{"index", issue.index},
                          {"field", issue.field},
                          {"problem", issue.problem},
                          {"action", issue.action}});
  json["issues"] = std::move(issues);
  return json;
}

}  // namespace wordsight
