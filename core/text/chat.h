#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "domain/message.h"
#include "text/tokenizer.h"

namespace wordsight::text {

struct TemplateTraits;

/// How a model wants a chat written. Known styles only: templates in model folders are data that is
/// recognised, never code that is run. Immutable; thread-safe.
class ChatTemplate {
 public:
  enum class Style { ChatML, Llama3 };

  /// From the folder's chat_template (tokenizer_config.json, chat_template.json,
  /// chat_template.jinja) and config.json. A template that is not recognised gives a warning (see
  /// `warning`) and the family's own style; a folder without any template and of unknown family is
  /// an error.
  static Result<ChatTemplate> load(const std::filesystem::path& folder);

  /// The prompt as text, as the reference's apply_chat_template(tokenize=False) gives it; a picture
  /// is written as one placeholder (<|vision_start|><|image_pad|><|vision_end|>). Llama 3.2
  /// Vision's template refuses a system message beside pictures; here it is written, as later
  /// releases of it do.
  std::string render(const std::vector<Message>& messages, bool addGenerationPrompt) const;

  /// The same text cut where the last assistant turn's own content begins and ends: text = before +
  /// answer + after, where `answer` includes the token that ends the turn: what "loss on the
  /// answer" counts. `before` is what render() gives when the model is asked; LLaVA-OneVision's
  /// template has one blank more there in turns that are past.
  struct Split {
    std::string before, answer, after;
  };
  Result<Split> splitAnswer(const std::vector<Message>& messages) const;

  Style style() const { return m_style; }
  /// "ChatML", "Llama 3.2 Vision": which of the known styles it is.
  const std::string& name() const { return m_name; }
  /// The day that prompts name (Llama 3.1 and later); empty: none. It is the template's own unless
  /// it is set. No effect on styles that name no day.
  const std::string& date() const { return m_dateString; }
  void setDate(const std::string& date);
  const std::string& warning() const { return m_warning; }
  /// Tokens that end an assistant's turn ("<|im_end|>", "<|eot_id|>"); generation stops at these
  /// and at the model's eos.
  const std::vector<std::string>& stopTokens() const { return m_stopTokens; }
  const std::string& imagePlaceholder() const {
    return m_imagePlaceholder;
  }  // "<|image_pad|>"; empty: no pictures
  /// Whether encode() of a rendered prompt must not add the post-processor's tokens (the text has
  /// them already).
  bool textHasSpecialTokens() const { return true; }

 private:
  void becomeLlama(const TemplateTraits& traits, const std::string& begin);
  void becomeChatMl(const TemplateTraits& traits);
  std::string head(const std::vector<Message>& messages) const;
  std::string turnStart(const std::string& role) const;
  std::string answerStart() const;
  const char* turnEnd() const { return m_style == Style::ChatML ? "<|im_end|>" : "<|eot_id|>"; }
  std::string contentOf(const Message& message) const;
  std::string renderFirst(const std::vector<Message>& messages, std::size_t count) const;

  Style m_style = Style::ChatML;
  std::string m_name;
  std::optional<std::string> m_defaultSystem;   // ChatML: said when a chat has no system message
  std::string m_begin;                          // Llama3: the token that begins a text
  std::string m_dateString;                     // Llama3: "26 Jul 2024"; empty: no system header
  bool m_trimmed = false;                       // contents lose blanks at both ends
  bool m_picturesFirst = false;                 // a message's pictures stand before its texts
  std::string m_beforePicture, m_afterPicture;  // around each placeholder
  std::string m_beforeText;                     // before each text part
  std::string m_afterRole = "\n";               // ChatML: after a turn's role
  std::string m_afterTurn;
  std::string m_warning, m_imagePlaceholder;
  std::vector<std::string> m_stopTokens;
};

/// Token ids of a rendered prompt in which the k-th picture placeholder is repeated `counts[k]`
/// times.
Result<std::vector<std::int64_t>> encodePrompt(const Tokenizer& tokenizer, const ChatTemplate& chat,
                                               const std::string& rendered,
                                               const std::vector<std::int64_t>& counts);

/// Token ids of an example to learn from, and which of them are the answer's: [answerBegin,
/// answerEnd). The three parts are encoded one by one, so that the ids before the answer are
/// exactly those that a prompt has when the model is asked.
struct EncodedExample {
  std::vector<std::int64_t> ids;
  std::size_t answerBegin = 0, answerEnd = 0;
};
EncodedExample encodeSplit(const Tokenizer& tokenizer, const ChatTemplate& chat,
                           const ChatTemplate::Split& split);

}  // namespace wordsight::text
