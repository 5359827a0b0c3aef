// What mail programs, phones and gateways write around a text, as data, in folded spelling. English, Spanish, French.
#pragma once

#include <span>
#include <string_view>

namespace answerback::engine {

// A signature or footer by its first words. It goes to the end of the text.
struct AdditionForm {
  std::string_view opening;
  bool names_device = false;  // holds only when a phone or a mail program is named within a few words: "sent via Outlook"
  bool is_own = false;        // "sent from my ...": may be all there is; "sent via mail yesterday" may be an answer
};

// "On Mon, Mar 2, 2026 at 9:00 AM Acme wrote:": between the two words stand a date and a name.
struct QuoteHeader {
  std::string_view opening, ending;
};

std::span<const AdditionForm> addition_forms();
std::span<const std::string_view> device_names();
std::span<const QuoteHeader> quote_headers();
std::span<const std::string_view> mail_separators();  // "original message": between rules of dashes
std::span<const std::string_view> subject_forms();    // "(no subject)", "re:": before the text

}  // namespace answerback::engine
