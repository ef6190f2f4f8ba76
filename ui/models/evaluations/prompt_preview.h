#pragma once
#include <string>

#include "domain/decision_prompt.h"
#include "store/connection.h"

namespace wordsight::ui {

/// Which item is to be shown as which question.
struct PreviewRequest {
  std::string benchmark, prompt, model;  // model: a folder, or empty
  Arm arm = Arm::Caption;
  int index = 0;  // among the items that can be scored; brought into range
  int shift = 0;  // options moved on by so many places
};

/// An item as a model gets it.
struct PromptPreview {
  std::string text;
  bool asModel = false;  // with the model's own marks between turns; otherwise turn by turn
  std::string note;      // about the model's chat format; empty: nothing
  int index = 0, count = 0;
  std::int64_t item = 0;  // the file's number
  std::string picture;    // shown with Arm::Image
  std::string key;        // the letter that is right, as shown
};

/// Error: no such benchmark, wording or item.
Result<PromptPreview> loadPreview(store::Connection& connection, const PreviewRequest& request);

}  // namespace wordsight::ui
