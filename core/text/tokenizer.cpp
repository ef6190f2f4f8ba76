#include "text/tokenizer.h"

#include <algorithm>
#include <optional>

#include "base/utf8.h"
#include "text/tokenizer_impl.h"
#include "text/unicode.h"

namespace wordsight::text {

Tokenizer::Tokenizer(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Tokenizer::Tokenizer(Tokenizer&&) noexcept = default;
Tokenizer& Tokenizer::operator=(Tokenizer&&) noexcept = default;
Tokenizer::~Tokenizer() = default;

std::vector<std::int64_t> Tokenizer::encode(std::string_view text, bool special) const {
  const Impl& impl = *m_impl;
  std::string repaired;
  if (!isValidUtf8(text)) text = repaired = toValidUtf8(text);
  std::vector<std::int64_t> ids;
  ids.reserve(text.size() / 4 + 8);
  if (special) ids = impl.before;

  const std::function<void(std::string_view)> onWord = [&](std::string_view word) {
    impl.bpe->encode(word, ids);
  };
  const auto onNormalized = [&](std::string_view piece, const AddedToken* token) {
    if (token)
      ids.push_back(token->id);
    else
      impl.preTokenizer.run(piece, onWord);
  };
  impl.rawTokens.split(text, [&](std::string_view piece, const AddedToken* token) {
    if (token)
      ids.push_back(token->id);
    else if (impl.nfc)
      impl.normalizedTokens.split(toNfc(piece), onNormalized);
    else
      impl.normalizedTokens.split(piece, onNormalized);
  });
  if (special) ids.insert(ids.end(), impl.after.begin(), impl.after.end());
  return ids;
}

std::string Tokenizer::decode(const std::vector<std::int64_t>& ids, bool skipSpecial) const {
  std::string bytes;
  for (const std::int64_t id : ids)
    if (!skipSpecial || !isSpecial(id)) bytes += m_impl->bytesOf(id);
  return toValidUtf8(bytes);
}

std::string Tokenizer::bytesOf(std::int64_t id) const { return std::string(m_impl->bytesOf(id)); }

std::int64_t Tokenizer::idOf(std::string_view token) const {
  TokenId id = m_impl->addedByContent.find(token);
  if (id == kNoToken) id = m_impl->bpe->find(token);
  return id == kNoToken ? -1 : static_cast<std::int64_t>(id);
}

bool Tokenizer::isSpecial(std::int64_t id) const {
  return id >= 0 && id < size() && m_impl->special[static_cast<std::size_t>(id)];
}

std::int64_t Tokenizer::size() const { return static_cast<std::int64_t>(m_impl->special.size()); }

std::string StreamDecoder::add(std::int64_t id) {
  if (m_skipSpecial && m_tokenizer.isSpecial(id)) return {};
  m_pending += m_tokenizer.bytesOf(id);
  const std::size_t whole = m_pending.size() - incompleteUtf8Tail(m_pending);
  std::string out = toValidUtf8(std::string_view(m_pending).substr(0, whole));
  m_pending.erase(0, whole);
  return out;
}

std::string StreamDecoder::finish() {
  std::string out = toValidUtf8(m_pending);
  m_pending.clear();
  return out;
}

}  // namespace wordsight::text
