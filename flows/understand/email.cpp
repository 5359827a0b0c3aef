#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "flows/text/code_points.hpp"
#include "flows/text/letter_case.hpp"
#include "flows/text/text.hpp"
#include "flows/text/words.hpp"
#include "flows/understand/email_address.hpp"
#include "flows/understand/kinds.hpp"

namespace answerback::flows {

namespace {

constexpr std::size_t max_addresses = 100;  // signs looked at in one reply

using FoundAddresses = std::vector<EmailAddress>;

void add_new(FoundAddresses& found, EmailAddress address) {
  // Mailboxes that differ in letter case alone are in practice one (RFC 5321 section 2.4 discourages others).
  const auto same = [&](const EmailAddress& other) { return fold(other.text) == fold(address.text); };
  if (std::none_of(found.begin(), found.end(), same)) found.push_back(std::move(address));
}

FoundAddresses addresses_in(std::string_view text) {
  FoundAddresses found;
  std::size_t looked = 0;
  for (auto at = text.find('@'); at != std::string_view::npos && looked < max_addresses; at = text.find('@', at + 1), ++looked) {
    if (auto address = email_address_at(text, at)) add_new(found, std::move(*address));
  }
  return found;
}

// How people write an address around filters. Every piece becomes its sign, and the spaces around it go.
struct Spoken {
  std::string_view written;
  char sign;
};

constexpr auto spoken_signs = std::to_array<Spoken>({
    {"(at)", '@'}, {"[at]", '@'}, {"{at}", '@'}, {"<at>", '@'}, {"at", '@'}, {"arroba", '@'}, {"arobase", '@'},
    {"arobas", '@'}, {"chez", '@'}, {"@", '@'},
    {"(dot)", '.'}, {"[dot]", '.'}, {"{dot}", '.'}, {"dot", '.'}, {"punto", '.'}, {"point", '.'}, {"period", '.'}, {".", '.'},
    {"underscore", '_'}, {"guion bajo", '_'}, {"tiret bas", '_'}, {"dash", '-'}, {"hyphen", '-'}, {"guion", '-'}, {"tiret", '-'}, {"plus", '+'},
});

char spoken_sign(std::string_view word) {
  const auto* it = std::find_if(spoken_signs.begin(), spoken_signs.end(), [&](const Spoken& one) { return one.written == word; });
  return it == spoken_signs.end() ? '\0' : it->sign;
}

// A text with its spoken signs put in, and where each byte came from.
struct Respelled {
  std::string text;
  std::vector<std::size_t> from;

  void add(std::string_view piece, std::size_t at) {
    for (std::size_t i = 0; i < piece.size(); ++i) {
      text.push_back(piece[i]);
      from.push_back(at + i);
    }
  }
};

// "ana at example dot com, thanks" -> "ana@example.com, thanks"
Respelled respelled(std::string_view folded) {
  Respelled result;
  bool glue = true;  // no space before the next word
  for (std::size_t at = 0; at < folded.size();) {
    const auto end = std::min(folded.find(' ', at), folded.size());
    const auto word = folded.substr(at, end - at);
    const char sign = spoken_sign(word);
    if (sign == '\0' && !glue) result.add(" ", at - 1);
    if (sign == '\0') {
      result.add(word, at);
    } else {
      result.text.push_back(sign);
      result.from.push_back(at);
    }
    glue = sign != '\0';
    at = end + 1;
  }
  return result;
}

// "ana(at)example(dot)com", "ana @example.com": such signs become words of their own first.
std::string opened(std::string_view folded, std::vector<std::size_t>& from) {
  std::string out;
  for (std::size_t at = 0; at < folded.size();) {
    const auto bracketed = [&](std::string_view sign) { return folded.substr(at).starts_with(sign); };
    const auto opens = [&](const Spoken& one) { return !is_letter(one.written[0]) && one.written != "." && bracketed(one.written); };
    const auto* it = std::find_if(spoken_signs.begin(), spoken_signs.end(), opens);
    const bool open = it != spoken_signs.end();
    const auto size = open ? it->written.size() : 1;
    const auto push = [&](char c, std::size_t place) {
      out.push_back(c);
      from.push_back(place);
    };
    if (open && !out.empty() && out.back() != ' ') push(' ', at);
    for (std::size_t i = 0; i < size; ++i) push(folded[at + i], at + i);
    at += size;
    if (open && at < folded.size() && folded[at] != ' ') push(' ', at);
  }
  return out;
}

// "look at example dot com", "I live at home.me" tell no mailbox.
bool is_mailbox(std::string_view local) {
  constexpr auto others = std::to_array<std::string_view>({
      "look", "looking", "see", "me", "us", "it", "is", "am", "are", "visit", "here", "there", "available", "works", "work", "live", "meet", "found",
      "shop", "order", "email", "contact", "reach", "and", "or"});
  return !is_one_of(local, others);
}

// Letters with accents fold to plain ones, but "josé@example.com" is another mailbox than "jose@example.com".
bool has_other_letters(std::string_view raw) {
  for (std::size_t at = 0; at < raw.size();) {
    const auto character = first_code_point(raw.substr(at));
    const bool full_width = character.value >= 0xFF01 && character.value <= 0xFF5E;
    if (character.value >= 0x80 && !full_width && is_word_character(character.value)) return true;
    at += character.size;
  }
  return false;
}

std::optional<Understood> spoken_address(const Reply& reply) {
  std::vector<std::size_t> opened_from;
  const auto text = opened(reply.folded(), opened_from);
  const auto plain = respelled(text);
  const auto found = addresses_in(plain.text);
  if (found.size() != 1) return std::nullopt;
  const auto begin = opened_from[plain.from[found.front().begin]];
  const auto end = opened_from[plain.from[found.front().end - 1]] + 1;
  const auto span = reply.span(begin, end);
  const std::string_view address = found.front().text;
  if (!is_mailbox(address.substr(0, address.find('@')))) return std::nullopt;
  if (has_other_letters(reply.raw().substr(span.begin, span.end - span.begin))) return std::nullopt;
  return Understood{Value(found.front().text), false, span};
}

Understood several_addresses(const FoundAddresses& found) {
  Understood none;
  for (const auto& address : found) none.others.emplace_back(address.text);
  none.span = {found.front().begin, found.back().end};
  return none;
}

// A domain that looks like a slip is not mended silently: the address as it was typed, and the likely one offered beside it.
Understood single_address(const EmailAddress& address) {
  Understood understood{Value(address.text), address.usual, {address.begin, address.end}};
  if (address.usual) return understood;
  const auto sign = address.text.rfind('@') + 1;
  understood.others.emplace_back(address.text.substr(0, sign) + meant_domain(std::string_view(address.text).substr(sign)));
  return understood;
}

}  // namespace

Understood understand_email(const ExpectEmail&, const Reply& reply, const ReplyContext&) {
  const auto raw = reply.raw();
  const auto found = addresses_in(raw);
  if (found.size() > 1) return several_addresses(found);
  if (found.size() == 1) return single_address(found.front());
  if (std::count(raw.begin(), raw.end(), '@') > 1) return {};
  if (auto spoken = spoken_address(reply)) return *spoken;
  return {};
}

}  // namespace answerback::flows
