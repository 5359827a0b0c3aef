#include <algorithm>
#include <optional>
#include <string>

#include "flows/text.hpp"
#include "flows/understand/kinds.hpp"
#include "flows/words.hpp"

namespace answerback::flows {

namespace {

// Lengths: RFC 5321 section 4.5.3.1; characters of the local part: "atext" of RFC 5322 section 3.2.3 and the dot.
constexpr std::size_t max_local_bytes = 64;
constexpr std::size_t max_address_bytes = 254;
constexpr std::size_t max_label_bytes = 63;

struct Address {
  std::string text;  // domain in lower case
  std::size_t begin = 0;
  std::size_t end = 0;
};

bool is_alphanumeric(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

bool is_beyond_ascii(char c) { return static_cast<unsigned char>(c) >= 0x80; }

bool is_local(char c) { return is_alphanumeric(c) || std::string_view(".!#$%&'*+/=?^_`{|}~-").find(c) != std::string_view::npos; }

bool is_domain(char c) { return is_alphanumeric(c) || c == '-' || c == '.'; }

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

bool is_label(std::string_view label) {
  return !label.empty() && label.size() <= max_label_bytes && label.front() != '-' && label.back() != '-';
}

bool is_domain_name(std::string_view domain) {
  std::size_t labels = 0;
  std::string_view rest = domain;
  std::string_view last;
  while (!rest.empty()) {
    const auto end = std::min(rest.find('.'), rest.size());
    last = rest.substr(0, end);
    if (!is_label(last)) return false;
    ++labels;
    if (end + 1 == rest.size()) return false;  // ends in a dot
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return labels >= 2 && last.size() >= 2 && (std::all_of(last.begin(), last.end(), is_letter) || lower(last).starts_with("xn--"));
}

bool is_local_part(std::string_view local) {
  if (local.empty() || local.size() > max_local_bytes) return false;
  return local.front() != '.' && local.back() != '.' && local.find("..") == std::string_view::npos;
}

// The address around the "@" at `at`. Quotes before it and dots, dashes after it belong to the sentence.
std::optional<Address> address_at(std::string_view text, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 && at - begin <= max_local_bytes && is_local(text[begin - 1])) --begin;
  if (begin > 0 && is_beyond_ascii(text[begin - 1])) return std::nullopt;
  while (begin < at && std::string_view("'`./=?!*|{}").find(text[begin]) != std::string_view::npos) ++begin;
  std::size_t end = at + 1;
  while (end < text.size() && end - at <= max_address_bytes && is_domain(text[end])) ++end;
  if (end < text.size() && (is_beyond_ascii(text[end]) || text[end] == '@')) return std::nullopt;
  while (end > at + 1 && (text[end - 1] == '.' || text[end - 1] == '-')) --end;
  const auto local = text.substr(begin, at - begin);
  const auto domain = text.substr(at + 1, end - at - 1);
  if (!is_local_part(local) || !is_domain_name(domain) || end - begin > max_address_bytes) return std::nullopt;
  return Address{std::string(local) + "@" + lower(domain), begin, end};
}

// The one address in the text; nothing when there is none or there are several.
std::optional<Address> only_address(std::string_view text) {
  std::optional<Address> found;
  for (auto at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
    const auto address = address_at(text, at);
    if (!address) continue;
    if (found && found->text != address->text) return std::nullopt;
    if (!found) found = address;
  }
  return found;
}

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  std::string out;
  std::size_t from = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, from)) {
    out.append(text, from, at - from).append(by);
    from = at + what.size();
  }
  text = out.append(text, from);
}

// "john at gmail dot com", "john @ gmail . com", as people write around filters. Always a guess.
std::optional<Address> spoken_address(std::string_view folded) {
  std::string text(folded);
  for (const std::string_view at : {" (at) ", "(at)", " [at] ", "[at]", " at ", " arroba ", " arobase ", " @ ", " @", "@ "}) replace_all(text, at, "@");
  for (const std::string_view dot : {" (dot) ", "(dot)", " [dot] ", "[dot]", " dot ", " punto ", " point ", " . "}) replace_all(text, dot, ".");
  return only_address(text);
}

}  // namespace

Understood understand_email(const ExpectEmail&, const Reply& reply, const ReplyContext&) {
  if (const auto address = only_address(reply.raw())) return {Value(address->text), true, {address->begin, address->end}};
  // Folding would change letters beyond ASCII, and an "@" that is glued on both sides was judged already.
  const auto raw = reply.raw();
  const auto sign = raw.find('@');
  const bool spaced = sign == std::string_view::npos || raw.find(" @") != std::string_view::npos || raw.find("@ ") != std::string_view::npos;
  if (!spaced || std::count(raw.begin(), raw.end(), '@') > 1 || std::any_of(raw.begin(), raw.end(), is_beyond_ascii)) return {};
  if (const auto address = spoken_address(reply.folded())) return {Value(address->text), false, reply.trimmed()};
  return {};
}

}  // namespace answerback::flows
