#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace wordsight::text {

/// A byte-level BPE tokenizer from a Hugging Face tokenizer.json. Immutable after load; encode and
/// decode may be called from several threads at once.
class Tokenizer {
 public:
  /// Reads `folder`/tokenizer.json (or the file itself, at most 256 MiB). Errors name the file, the
  /// item and the next step; kinds other than byte-level BPE are Unsupported. Settings "truncation"
  /// and "padding" of the file are left aside.
  static Result<Tokenizer> load(const std::filesystem::path& folderOrFile);
  Tokenizer(Tokenizer&&) noexcept;
  Tokenizer& operator=(Tokenizer&&) noexcept;
  ~Tokenizer();

  /// Ids as the reference `tokenizers` library gives them. Added tokens in the text are recognised.
  /// `special`: whether the post-processor adds its tokens (Llama 3's BOS).
  std::vector<std::int64_t> encode(std::string_view text, bool special) const;
  /// Text of the ids; `skipSpecial` leaves special tokens out. Ill-formed UTF-8 becomes U+FFFD.
  std::string decode(const std::vector<std::int64_t>& ids, bool skipSpecial) const;
  /// The raw bytes that one id stands for.
  std::string bytesOf(std::int64_t id) const;
  /// The id of a token given by its exact text ("<|im_end|>", "A", " the": not in the file's
  /// alphabet of letters for bytes), or -1.
  std::int64_t idOf(std::string_view token) const;
  bool isSpecial(std::int64_t id) const;
  std::int64_t size() const;  // largest id + 1

  struct Impl;  // its parts, for this layer's own sources

 private:
  explicit Tokenizer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> m_impl;
};

/// Text of a stream of ids: gives out only whole characters.
class StreamDecoder {
 public:
  StreamDecoder(const Tokenizer& tokenizer, bool skipSpecial)
      : m_tokenizer(tokenizer), m_skipSpecial(skipSpecial) {}
  std::string add(std::int64_t id);
  std::string finish();  // what is left, U+FFFD for a broken end

 private:
  const Tokenizer& m_tokenizer;
  bool m_skipSpecial;
  std::string m_pending;
};

}  // namespace wordsight::text
