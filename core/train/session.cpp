#include "train/session.h"

#include <torch/torch.h>

#include <algorithm>
#include <thread>

#include "neural/model.h"
#include "train/checkpoint.h"

namespace wordsight::train {

std::optional<SavedStep> newestCheckpoint(const std::filesystem::path& out) {
  const auto all = listCheckpoints(out);
  if (all.empty()) return std::nullopt;
  return SavedStep{std::stoll(all.back().filename().string().substr(5)), all.back()};
}

Status checkOutputFolder(const std::filesystem::path& out, const std::filesystem::path& resume) {
  WORDSIGHT_CHECK(checkOutput(out, resume));
  std::error_code code;
  if (!std::filesystem::is_directory(out, code)) return {};  // nobody can be writing there
  return lockOutput(out).map([](const auto&) {});
}

Result<TrainOutcome> trainFolder(const TrainRequest& request, const TrainingData& data,
                                 const TrainHooks& hooks, std::stop_token stop) {
  WORDSIGHT_CHECK(checkOutputFolder(request.out, request.resume));
  const int cores = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  at::set_num_threads(request.threads > 0 ? request.threads : cores);
  WORDSIGHT_TRY(const auto tokenizer, text::Tokenizer::load(request.model));
  WORDSIGHT_TRY(const auto chat, text::ChatTemplate::load(request.model));
  neural::LoadOptions options;
  options.dtype = request.spec.precision == Precision::BF16 ? torch::kBFloat16 : torch::kFloat32;
  options.vision = false;
  try {
    WORDSIGHT_TRY(auto model, neural::LanguageModel::load(request.model, options));
    const TrainInput input{*model,         tokenizer,
                           chat,           data,
                           request.out,    request.model.string(),
                           request.resume, 0,
                           request.origin, request.waitForRoom};
    return train(request.spec, input, hooks, stop);
  } catch (const c10::Error& e) {
    return fail("Training on " + request.model.string() + " failed: " + e.what_without_backtrace(),
                ErrorKind::Internal);
  } catch (const std::bad_alloc&) {
    return fail("Training on " + request.model.string() +
                    " ran out of memory; lower batch.micro_tokens or set recompute to on.",
                ErrorKind::Io);
  } catch (const std::exception& e) {
    return fail("Training on " + request.model.string() + " failed: " + e.what(),
                ErrorKind::Internal);
  }
}

}  // namespace wordsight::train
