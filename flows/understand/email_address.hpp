// An e-mail address as mailboxes have them: dot-atom local part, domain name; no quoted local parts, no address literals.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace answerback::flows {

struct EmailAddress {
  std::string text;       // domain in lower case, letters beyond ASCII as they are (RFC 5890: U-labels)
  std::size_t begin = 0;  // bytes of the text that it was found in
  std::size_t end = 0;
  bool usual = true;      // false: right by the rules, but such as slips make: "ana@gmail.con"
};

// What the domain was most likely meant to be: "gmial.com" and "gmail.con" are gmail.com. "" for one that is likely right.
std::string meant_domain(std::string_view domain);

// The address around the "@" at `at`; nothing when there is none by the rules. Quotes, brackets and the marks of a sentence
// around it are left out.
std::optional<EmailAddress> email_address_at(std::string_view text, std::size_t at);

}  // namespace answerback::flows
