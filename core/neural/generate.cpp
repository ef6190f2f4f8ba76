#include "neural/generate.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <stdexcept>

#include "neural/kv_cache.h"
#include "neural/sampling.h"

// Shapes in names: S sequences that run together, T rows of all of them, D width, V vocabulary.

namespace wordsight::neural {
namespace {

using Indices = std::vector<std::size_t>;

constexpr std::int64_t kPassTokens =
    16384;  // most new tokens of one forward pass (one longer prompt goes alone)
constexpr std::size_t kMaxSequences = 128;  // that run together: logits of 128 × 152,000 are 78 MB
constexpr std::int64_t kCacheBytes = std::int64_t{2} << 30;
constexpr std::size_t kMinSharedPrefix = 16;  // below, a pass of its own costs more than it saves
constexpr std::int64_t kHeadRows = 256;       // rows of logits at a time when all are wanted

/// What libtorch and the model's own checks throw, as a sentence.
template <class F>
auto guarded(const F& work) -> decltype(work()) {
  try {
    return work();
  } catch (const c10::Error& error) {
    return fail(std::string("libtorch could not compute this: ") + error.what_without_backtrace(),
                ErrorKind::Internal);
  } catch (const std::bad_alloc&) {
    return fail("Not enough memory for this batch; give fewer or shorter prompts at a time.",
                ErrorKind::Io);
  } catch (const std::invalid_argument& error) {
    return fail(error.what());
  } catch (const std::exception& error) {
    return fail(std::string("The model could not compute this: ") + error.what(),
                ErrorKind::Internal);
  }
}

Status checkPrompt(const LanguageModel& model, const Prompt& prompt) {
  const ModelInfo& info = model.info();
  if (prompt.ids.empty()) return fail("is empty; it needs at least one token.");
  const auto length = static_cast<std::int64_t>(prompt.ids.size());
  if (info.maxPositions > 0 && length > info.maxPositions)
    return fail("has " + std::to_string(length) + " tokens, but the model takes at most " +
                std::to_string(info.maxPositions) + "; shorten it.");
  for (const std::int64_t id : prompt.ids)
    if (id < 0 || id >= info.inputTokens)
      return fail("holds the token id " + std::to_string(id) +
                  ", but the model's vocabulary ends at " + std::to_string(info.inputTokens - 1) +
                  "; tokenizer and model belong to different checkpoints.");
  if (prompt.pictures.empty()) return {};
  if (info.imageToken < 0 || !info.hasVision)
    return fail("has a picture, but a " + info.family +
                " model cannot see; use the caption instead.");
  std::int64_t needed = 0;
  for (const PixelPack& picture : prompt.pictures) {
    if (picture.placeholders <= 0 || picture.placeholders > length)
      return fail("has a picture that takes " + std::to_string(picture.placeholders) +
                  " placeholders, which do not fit into " + std::to_string(length) + " tokens.");
    needed += picture.placeholders;
  }
  const auto found = std::count(prompt.ids.begin(), prompt.ids.end(), info.imageToken);
  if (found != needed)
    return fail("has " + std::to_string(found) + " picture placeholders, but its pictures take " +
                std::to_string(needed) +
                "; expand one placeholder per picture token before asking.");
  return {};
}

Status checkPrompts(const LanguageModel& model, const std::vector<Prompt>& prompts) {
  for (std::size_t i = 0; i < prompts.size(); ++i)
    if (auto fits = checkPrompt(model, prompts[i]); !fits)
      return fail(inContext(
          "Prompt " + std::to_string(i + 1) + " of " + std::to_string(prompts.size()) + " ",
          fits.error()));
  return {};
}

/// Consecutive tokens of one sequence, ready for the decoder.
struct Rows {
  torch::Tensor hidden_TD, positions;
  std::int64_t next = 0;               // position of the token that follows
  std::shared_ptr<const Sight> sight;  // families that look beside the text
};

/// Tokens [from, to) of a prompt; a picture lies inside as a whole or not at all.
Rows rowsOf(const LanguageModel& model, const Prompt& prompt, std::size_t from, std::size_t to) {
  const auto start = static_cast<std::int64_t>(from), count = static_cast<std::int64_t>(to - from);
  const auto at = model.positionsOf(prompt.ids, prompt.pictures);
  const auto ids_T = torch::tensor(prompt.ids, torch::kInt64);
  Rows rows{model.embed(ids_T.narrow(0, start, count)),
            at.positions.narrow(-1, start, count).contiguous(), at.next, nullptr};
  if (prompt.pictures.empty()) return rows;
  if (model.info().pictureLayers > 0) {
    rows.sight = model.look(prompt.ids, prompt.pictures);
    return rows;
  }
  std::vector<torch::Tensor> features;
  for (const PixelPack& picture : prompt.pictures) features.push_back(model.see(picture));
  const auto places =
      torch::nonzero(ids_T.narrow(0, start, count) == model.info().imageToken).squeeze(1);
  const auto device = rows.hidden_TD.device();
  rows.hidden_TD = rows.hidden_TD.index_copy(0, places.to(device),
                                             torch::cat(features).to(rows.hidden_TD.options()));
  return rows;
}

/// One forward pass over sequences laid end to end → last hidden row of each: [S, D].
torch::Tensor lastRows(const LanguageModel& model, const std::vector<Rows>& sequences,
                       KvCache* cache) {
  std::vector<torch::Tensor> hidden, positions;
  std::vector<std::int64_t> lengths, last;
  std::vector<std::shared_ptr<const Sight>> sights;
  std::int64_t end = 0;
  for (const Rows& rows : sequences) {
    sights.push_back(rows.sight);
    hidden.push_back(rows.hidden_TD);
    positions.push_back(rows.positions);
    lengths.push_back(rows.hidden_TD.size(0));
    last.push_back((end += lengths.back()) - 1);
  }
  const Layout layout{torch::cat(positions, -1), lengths, sights};
  return model.forward(torch::cat(hidden), layout, cache, false,
                       torch::tensor(last, torch::kInt64));
}

/// float32 logits on the CPU: [S, V].
torch::Tensor logitsOf(const LanguageModel& model, const torch::Tensor& hidden_SD) {
  return model.head(hidden_SD).to(torch::kCPU, torch::kFloat32).contiguous();
}

Status checkFinite(const torch::Tensor& values) {
  if (torch::isfinite(values).all().item<bool>()) return {};
  return fail(
      "The model gives numbers that are not finite; its weights or the adapter's are damaged.");
}

/// How many tokens all prompts begin with in common: every prompt keeps one of its own, and no
/// picture is inside.
std::size_t sharedPrefix(const LanguageModel& model, const std::vector<Prompt>& prompts) {
  if (prompts.size() < 2 || model.info().keysByLength) return 0;
  const auto& first = prompts.front().ids;
  std::size_t shared = first.size() - 1;
  for (const Prompt& prompt : prompts) {
    // There even tokens before a picture attend to it.
    if (model.info().pictureLayers > 0 && !prompt.pictures.empty()) return 0;
    shared = std::min(shared, prompt.ids.size() - 1);
    const auto to = first.begin() + static_cast<std::ptrdiff_t>(shared);
    shared = static_cast<std::size_t>(std::mismatch(first.begin(), to, prompt.ids.begin()).first -
                                      first.begin());
  }
  if (model.info().imageToken >= 0) {
    const auto to = first.begin() + static_cast<std::ptrdiff_t>(shared);
    shared = static_cast<std::size_t>(std::find(first.begin(), to, model.info().imageToken) -
                                      first.begin());
  }
  return shared >= kMinSharedPrefix ? shared : 0;
}

/// A beginning that all prompts share, computed once.
struct Prefix {
  std::size_t length = 0;
  std::shared_ptr<KvCache> cache;  // of one sequence; null when nothing is shared
};

Prefix computePrefix(const LanguageModel& model, const std::vector<Prompt>& prompts) {
  Prefix prefix{sharedPrefix(model, prompts), nullptr};
  if (prefix.length == 0) return prefix;
  prefix.cache = model.makeCache(1, static_cast<std::int64_t>(prefix.length));
  Prompt text{prompts.front().ids, {}};
  text.ids.resize(prefix.length);
  lastRows(model, {rowsOf(model, text, 0, prefix.length)}, prefix.cache.get());
  return prefix;
}

/// Prompts cut into groups that run together within the budgets, of similar length each: a cache is
/// as wide as its longest sequence. `room` is how many tokens each prompt may still get.
std::vector<Indices> groupsOf(const LanguageModel& model, const std::vector<Prompt>& prompts,
                              std::size_t prefix, std::int64_t room) {
  const ModelInfo& info = model.info();
  const std::int64_t tokenBytes =
      std::max<std::int64_t>(1, info.layers * info.kvHeads * info.headSize * 2 * 4);
  const std::int64_t cacheTokens = kCacheBytes / tokenBytes;
  Indices order(prompts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return prompts[a].ids.size() < prompts[b].ids.size();
  });
  std::vector<Indices> groups;
  std::int64_t tokens = 0;
  for (const std::size_t i : order) {
    const auto own = static_cast<std::int64_t>(prompts[i].ids.size() - prefix);
    const auto pictureRows = static_cast<std::int64_t>(prompts[i].pictures.size()) *
                             info.pictureRows * info.pictureLayers /
                             std::max<std::int64_t>(1, info.layers);
    const auto width = static_cast<std::int64_t>(prompts[i].ids.size()) + room + pictureRows;
    const bool fits = !groups.empty() && groups.back().size() < kMaxSequences &&
                      tokens + own <= kPassTokens &&
                      static_cast<std::int64_t>(groups.back().size() + 1) * width <= cacheTokens;
    if (!fits) {
      groups.emplace_back();
      tokens = 0;
    }
    groups.back().push_back(i);
    tokens += own;
  }
  return groups;
}

/// The prompts of one group up to their ends.
struct Started {
  std::shared_ptr<KvCache> cache;  // null when neither kept nor needed
  torch::Tensor last_SD;
  std::vector<std::int64_t> next;
  bool threeAxes = false;  // positions are [3, T]
};

Started start(const LanguageModel& model, const std::vector<Prompt>& prompts, const Indices& group,
              const Prefix& prefix, bool keepCache, std::int64_t room) {
  std::vector<Rows> sequences;
  Started out;
  std::size_t longest = 0;
  for (const std::size_t i : group) {
    longest = std::max(longest, prompts[i].ids.size());
    sequences.push_back(rowsOf(model, prompts[i], prefix.length, prompts[i].ids.size()));
    out.next.push_back(sequences.back().next);
  }
  const std::int64_t capacity = static_cast<std::int64_t>(longest) + room;
  if (prefix.cache)
    out.cache = prefix.cache->fork(group.size(), capacity);
  else if (keepCache)
    out.cache = model.makeCache(group.size(), capacity);
  out.threeAxes = sequences.front().positions.dim() == 2;
  out.last_SD = lastRows(model, sequences, out.cache.get());
  return out;
}

/// The prompts of one group while they grow.
class GroupRun {
 public:
  GroupRun(const LanguageModel& model, const std::vector<Prompt>& prompts, const Sampling& sampling,
           const OnToken& onToken, std::vector<std::vector<std::int64_t>>& out)
      : m_model(model), m_prompts(prompts), m_sampling(sampling), m_onToken(onToken), m_out(out) {}

  Status run(const Indices& group, const Prefix& prefix, const std::stop_token& stop) {
    Started started =
        start(m_model, m_prompts, group, prefix, true, std::min(m_sampling.maxTokens, kFirstRoom));
    m_cache = started.cache;
    m_threeAxes = started.threeAxes;
    for (std::size_t i = 0; i < group.size(); ++i)
      m_alive.push_back({group[i], started.next[i],
                         Random(m_sampling.seed, "generate " + std::to_string(group[i])),
                         m_sampling.repetitionPenalty == 1 ? std::vector<std::int64_t>()
                                                           : m_prompts[group[i]].ids});
    torch::Tensor hidden_SD = started.last_SD;
    while (true) {
      if (stop.stop_requested()) return fail("Generation was cancelled.", ErrorKind::Cancelled);
      WORDSIGHT_TRY(const auto tokens, choose(hidden_SD));
      const Indices going = accept(tokens);
      if (going.empty()) return {};
      hidden_SD = step(tokens, going);
    }
  }

 private:
  static constexpr int kFirstRoom =
      256;  // tokens of answer that the cache has room for before it must grow

  struct Sequence {
    std::size_t prompt;
    std::int64_t next;  // position of the next token
    Random random;
    std::vector<std::int64_t> history;  // kept only when the repetition penalty needs it
  };

  Result<std::vector<std::int64_t>> choose(const torch::Tensor& hidden_SD) {
    const torch::Tensor logits_SV = logitsOf(m_model, hidden_SD);
    WORDSIGHT_CHECK(checkFinite(std::get<0>(logits_SV.max(-1))));
    const auto vocabulary = static_cast<std::size_t>(logits_SV.size(1));
    const float* row = logits_SV.const_data_ptr<float>();
    std::vector<std::int64_t> tokens;
    for (Sequence& sequence : m_alive) {
      tokens.push_back(
          chooseToken({row, vocabulary}, sequence.history, m_sampling, sequence.random));
      row += vocabulary;
    }
    return tokens;
  }

  /// Gives the new tokens out and says which sequences go on.
  Indices accept(const std::vector<std::int64_t>& tokens) {
    const std::int64_t most = m_model.info().maxPositions;
    Indices going;
    for (std::size_t i = 0; i < m_alive.size(); ++i) {
      Sequence& sequence = m_alive[i];
      const auto& stops = m_sampling.stopIds;
      if (std::find(stops.begin(), stops.end(), tokens[i]) != stops.end()) continue;
      std::vector<std::int64_t>& answer = m_out[sequence.prompt];
      answer.push_back(tokens[i]);
      if (m_sampling.repetitionPenalty != 1) sequence.history.push_back(tokens[i]);
      const bool wanted = !m_onToken || m_onToken(sequence.prompt, tokens[i]);
      const bool full = static_cast<int>(answer.size()) >= m_sampling.maxTokens ||
                        (most > 0 && sequence.next >= most);
      if (wanted && !full) going.push_back(i);
    }
    return going;
  }

  /// Runs the new tokens of the sequences that go on; the others are forgotten.
  torch::Tensor step(const std::vector<std::int64_t>& tokens, const Indices& going) {
    if (going.size() < m_alive.size()) {
      m_cache->select(going);
      std::vector<Sequence> rest;
      for (const std::size_t i : going) rest.push_back(std::move(m_alive[i]));
      m_alive = std::move(rest);
    }
    std::vector<std::int64_t> ids, positions;
    for (std::size_t i = 0; i < going.size(); ++i) {
      ids.push_back(tokens[going[i]]);
      positions.push_back(m_alive[i].next++);
    }
    Layout layout{
        torch::tensor(positions, torch::kInt64), std::vector<std::int64_t>(ids.size(), 1), {}};
    if (m_threeAxes) layout.positions = layout.positions.unsqueeze(0).repeat({3, 1});
    return m_model.forward(m_model.embed(torch::tensor(ids, torch::kInt64)), layout, m_cache.get(),
                           false, {});
  }

  const LanguageModel& m_model;
  const std::vector<Prompt>& m_prompts;
  const Sampling& m_sampling;
  const OnToken& m_onToken;
  std::vector<std::vector<std::int64_t>>& m_out;
  std::shared_ptr<KvCache> m_cache;
  std::vector<Sequence> m_alive;
  bool m_threeAxes = false;
};

}  // namespace

Result<std::vector<std::vector<std::int64_t>>> generate(const LanguageModel& model,
                                                        const std::vector<Prompt>& prompts,
                                                        const Sampling& sampling,
                                                        const OnToken& onToken,
                                                        std::stop_token stop) {
  WORDSIGHT_CHECK(checkSampling(sampling));
  WORDSIGHT_CHECK(checkPrompts(model, prompts));
  return guarded([&]() -> Result<std::vector<std::vector<std::int64_t>>> {
    const torch::NoGradGuard noGrad;
    std::vector<std::vector<std::int64_t>> out(prompts.size());
    if (prompts.empty() || sampling.maxTokens == 0) return out;
    const Prefix prefix = computePrefix(model, prompts);
    std::int64_t room = sampling.maxTokens;
    if (model.info().maxPositions > 0) room = std::min(room, model.info().maxPositions);
    for (const Indices& group : groupsOf(model, prompts, prefix.length, room)) {
      if (stop.stop_requested()) return fail("Generation was cancelled.", ErrorKind::Cancelled);
      WORDSIGHT_CHECK(GroupRun(model, prompts, sampling, onToken, out).run(group, prefix, stop));
    }
    return out;
  });
}

Result<std::vector<std::vector<double>>> nextTokenLogProbs(
    const LanguageModel& model, const std::vector<Prompt>& prompts,
    const std::vector<std::int64_t>& candidates) {
  WORDSIGHT_CHECK(checkPrompts(model, prompts));
  for (const std::int64_t id : candidates)
    if (id < 0 || id >= model.info().vocabulary)
      return fail("The candidate token " + std::to_string(id) +
                  " is not in the model's vocabulary of " +
                  std::to_string(model.info().vocabulary) + ".");
  return guarded([&]() -> Result<std::vector<std::vector<double>>> {
    const torch::NoGradGuard noGrad;
    std::vector<std::vector<double>> out(prompts.size());
    if (prompts.empty()) return out;
    const auto wanted = torch::tensor(candidates, torch::kInt64);
    const Prefix prefix = computePrefix(model, prompts);
    for (const Indices& group : groupsOf(model, prompts, prefix.length, 0)) {
      const Started started = start(model, prompts, group, prefix, false, 0);
      // The sum over the vocabulary may come from logits in the weights' precision; the candidates'
      // own may not: rounded to bfloat16, one close decision in ten was an exact tie (6 of 64 VIVA
      // captions with SmolLM2-135M).
      const auto total_S1 = torch::logsumexp(logitsOf(model, started.last_SD), -1, true);
      const auto logits_SK = model.headAt(started.last_SD, wanted).to(torch::kCPU, torch::kFloat32);
      WORDSIGHT_CHECK(checkFinite(total_S1));
      WORDSIGHT_CHECK(checkFinite(logits_SK));
      const auto chosen = (logits_SK - total_S1).to(torch::kFloat64).contiguous();
      const double* row = chosen.const_data_ptr<double>();
      for (const std::size_t i : group) {
        out[i].assign(row, row + candidates.size());
        row += candidates.size();
      }
    }
    return out;
  });
}

Result<torch::Tensor> allLogits(const LanguageModel& model, const Prompt& prompt) {
  WORDSIGHT_CHECK(checkPrompts(model, {prompt}));
  return guarded([&]() -> Result<torch::Tensor> {
    const torch::NoGradGuard noGrad;
    const Rows rows = rowsOf(model, prompt, 0, prompt.ids.size());
    const std::int64_t T = rows.hidden_TD.size(0);
    const auto hidden_TD =
        model.forward(rows.hidden_TD, {rows.positions, {T}, {rows.sight}}, nullptr, false, {});
    auto logits_TV = torch::empty({T, model.info().vocabulary}, torch::kFloat32);
    for (std::int64_t from = 0; from < T; from += kHeadRows) {
      const std::int64_t count = std::min(kHeadRows, T - from);
      logits_TV.narrow(0, from, count).copy_(logitsOf(model, hidden_TD.narrow(0, from, count)));
    }
    return logits_TV;
  });
}

}  // namespace wordsight::neural
