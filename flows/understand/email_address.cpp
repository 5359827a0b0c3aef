#include "flows/understand/email_address.hpp"

#include <algorithm>
#include <array>

#include "flows/text/code_points.hpp"
#include "flows/text/letter_case.hpp"
#include "flows/text/text.hpp"
#include "flows/text/words.hpp"

namespace answerback::flows {

namespace {

// Lengths: RFC 5321 section 4.5.3.1; characters of the local part: "atext" of RFC 5322 section 3.2.3 and the dot.
constexpr std::size_t max_local_bytes = 64;
constexpr std::size_t max_address_bytes = 254;
constexpr std::size_t max_label_bytes = 63;

bool is_beyond_ascii(char c) { return static_cast<unsigned char>(c) >= 0x80; }

bool is_plain(char c) { return is_letter(c) || is_digit(c) || c == '-'; }

bool is_local(char c) { return is_letter(c) || is_digit(c) || std::string_view(".!#$%&'*+/=?^_`{|}~-").find(c) != std::string_view::npos; }

// Labels of letters, digits and hyphens (RFC 1123 section 2.1), or letters of other scripts (RFC 5890).
bool is_label(std::string_view label) {
  if (label.empty() || label.size() > max_label_bytes || label.front() == '-' || label.back() == '-') return false;
  for (std::size_t at = 0; at < label.size();) {
    if (is_plain(label[at])) {
      ++at;
      continue;
    }
    const auto character = first_code_point(label.substr(at));
    if (!character.valid || !is_word_character(character.value)) return false;
    at += character.size;
  }
  return true;
}

bool is_top_label(std::string_view label) {
  if (label.starts_with("xn--")) return true;
  return count_characters(label) >= 2 && std::none_of(label.begin(), label.end(), is_digit);
}

bool is_domain_name(std::string_view domain) {
  std::size_t labels = 0;
  std::string_view last;
  for (std::string_view rest = domain;; ++labels) {
    const auto end = std::min(rest.find('.'), rest.size());
    last = rest.substr(0, end);
    if (!is_label(last)) return false;
    if (end == rest.size()) break;
    rest.remove_prefix(end + 1);
  }
  return labels >= 1 && is_top_label(last);
}

bool is_local_part(std::string_view local) {
  if (local.empty() || local.size() > max_local_bytes) return false;
  return local.front() != '.' && local.back() != '.' && local.find("..") == std::string_view::npos;
}

bool goes_on_domain(std::string_view text, std::size_t at) {
  return is_plain(text[at]) || text[at] == '.' || is_beyond_ascii(text[at]);
}

std::size_t domain_end(std::string_view text, std::size_t begin) {
  auto end = begin;
  while (end < text.size() && end - begin <= max_address_bytes && goes_on_domain(text, end)) {
    if (!is_beyond_ascii(text[end])) {
      ++end;
      continue;
    }
    const auto character = first_code_point(text.substr(end));
    if (!character.valid || !is_word_character(character.value)) break;  // curly quote, emoji, ellipsis
    end += character.size;
  }
  while (end > begin && (text[end - 1] == '.' || text[end - 1] == '-')) --end;
  return end;
}

std::size_t local_begin(std::string_view text, std::size_t at) {
  auto begin = at;
  while (begin > 0 && at - begin <= max_local_bytes && is_local(text[begin - 1])) --begin;
  while (begin < at && std::string_view("'`./=?!*|{}-").find(text[begin]) != std::string_view::npos) ++begin;
  return begin;
}

// "résumé@example.com" has no mailbox here; a bullet or a curly quote before the address is only beside it.
bool has_letter_before(std::string_view text, std::size_t begin) {
  if (begin == 0 || !is_beyond_ascii(text[begin - 1])) return false;
  auto start = begin - 1;
  while (start > 0 && begin - start < 4 && (static_cast<unsigned char>(text[start]) & 0xC0U) == 0x80U) --start;
  const auto character = first_code_point(text.substr(start));
  return !character.valid || is_word_character(character.value);
}

}  // namespace

std::optional<EmailAddress> email_address_at(std::string_view text, std::size_t at) {
  const auto begin = local_begin(text, at);
  const auto end = domain_end(text, at + 1);
  if (has_letter_before(text, begin) || (end < text.size() && text[end] == '@')) return std::nullopt;
  const auto local = text.substr(begin, at - begin);
  const auto domain = to_lower(text.substr(at + 1, end - at - 1));
  if (!is_local_part(local) || !is_domain_name(domain) || local.size() + 1 + domain.size() > max_address_bytes) return std::nullopt;
  return EmailAddress{std::string(local) + "@" + domain, begin, end, meant_domain(domain).empty()};
}

}  // namespace answerback::flows
