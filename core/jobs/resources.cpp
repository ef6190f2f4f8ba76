#include "jobs/resources.h"

#include <filesystem>

#include "base/file.h"
#include "embedded_demo.h"
#include "embedded_prompts.h"

namespace wordsight::jobs {
namespace {

constexpr std::string_view kDecision = "prompts/decision/";

Result<std::string> embeddedOrFolder(const std::string& folder, const std::string& name) {
  if (!folder.empty()) return readFile(std::filesystem::path(folder) / name, 1 << 24);
  const auto text = embedded::prompts("prompts/synth/" + name);
  if (text.empty())
    return fail("The program holds no prompt file " + name + ".", ErrorKind::Internal);
  return std::string(text);
}

}  // namespace

Result<std::string> decisionPromptText(const std::string& nameOrFile) {
  if (nameOrFile.ends_with(".json")) return readFile(nameOrFile, 1 << 20);
  const auto text = embedded::prompts(std::string(kDecision) + nameOrFile + ".json");
  if (!text.empty()) return std::string(text);
  std::string names;
  for (const auto name : embedded::promptsNames())
    if (name.starts_with(kDecision))
      names += (names.empty() ? "" : ", ") +
               std::string(name.substr(kDecision.size(), name.size() - kDecision.size() - 5));
  return fail("There is no decision prompt \"" + nameOrFile + "\"; there are: " + names +
                  ", or a file that ends in .json.",
              ErrorKind::NotFound);
}

Result<DecisionPrompt> decisionPrompt(const std::string& nameOrFile) {
  WORDSIGHT_TRY(const auto text, decisionPromptText(nameOrFile));
  return decisionPromptFromJson(text, "Decision prompt " + nameOrFile);
}

Result<synth::PromptSet> synthesisPrompts(const std::string& folder) {
  return synth::readPromptSet(
      [&](const std::string& name) { return embeddedOrFolder(folder, name); });
}

Result<synth::DemoGrammar> demoGrammar() {
  return synth::DemoGrammar::fromJson(embedded::demo("demo/grammar.json"), "The demo's grammar");
}

Result<DemoWorld> unpackDemoWorld(const std::string& folder) {
  const std::filesystem::path root = folder;
  for (const auto name : embedded::demoNames()) {
    if (name == "demo/grammar.json") continue;  // stays in the program
    const auto target = root / name.substr(std::string_view("demo/").size());
    const auto bytes = embedded::demo(name);
    std::error_code code;
    if (std::filesystem::file_size(target, code) == bytes.size() && !code) continue;
    WORDSIGHT_CHECK(makeFolder(target.parent_path()));
    WORDSIGHT_CHECK(writeFileAtomically(target, bytes));
  }
  return DemoWorld{(root / "model").string(), (root / "pictures").string(),
                   (root / "test_items.json").string()};
}

}  // namespace wordsight::jobs
