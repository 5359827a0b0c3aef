#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "engine/incoming/addition_forms.hpp"
#include "engine/incoming/incoming.hpp"
#include "flows/text/code_points.hpp"
#include "flows/text/folding.hpp"
#include "flows/text/text.hpp"
#include "flows/text/words.hpp"

namespace answerback::engine {

namespace {

constexpr std::size_t max_lines = 400;            // of one text; behind them everything stays
constexpr std::size_t max_device_bytes = 48;      // in which a signature names what it was sent from
constexpr std::size_t max_signature_bytes = 160;  // a longer sentence is no signature
constexpr std::size_t max_header_bytes = 240;     // of "On ... wrote:"
constexpr std::size_t max_subjects = 5;           // "Re: Re: Re:"
constexpr std::string_view white = " \t\r\n";
constexpr std::string_view rules = "-_=*~#";

std::string_view behind(std::string_view text, std::size_t begin) { return text.substr(std::min(begin, text.size())); }

bool names_device(std::string_view rest) {
  rest = rest.substr(0, max_device_bytes);
  const auto devices = device_names();
  return std::any_of(devices.begin(), devices.end(), [&](auto name) { return (std::string(rest) + " ").find(name) != std::string::npos; });
}

// Does a signature or a footer begin here? `folded` runs to the line's end. One that would be the whole text must leave no doubt.
bool is_addition(std::string_view folded, bool is_whole) {
  const auto forms = addition_forms();
  return std::any_of(forms.begin(), forms.end(), [&](const AdditionForm& form) {
    if (!folded.starts_with(form.opening)) return false;
    if (is_whole && form.names_device && !form.is_own) return false;
    return !form.names_device || (folded.size() <= max_signature_bytes && names_device(folded.substr(form.opening.size())));
  });
}

bool has_digit(std::string_view text) { return std::any_of(text.begin(), text.end(), flows::is_digit); }

// `folded` runs over this line and the next one: mail programs break the line before the address.
bool is_quote_header(std::string_view folded) {
  const auto headers = quote_headers();
  return std::any_of(headers.begin(), headers.end(), [&](const QuoteHeader& header) {
    if (!folded.starts_with(header.opening)) return false;
    const auto end = folded.find(header.ending);
    return end != std::string_view::npos && end <= max_header_bytes && has_digit(folded.substr(0, end));
  });
}

// "--", "____": a rule behind which nothing of the text comes (RFC 3676 section 4.3 writes "-- ").
bool is_rule(std::string_view folded) {
  constexpr std::size_t shortest = 2;
  return folded.size() >= shortest && folded.find_first_not_of(rules) == std::string_view::npos;
}

// "-----Original Message-----"
bool is_separator(std::string_view folded) {
  if (!folded.starts_with("--")) return false;
  const auto between = flows::trim(folded.substr(std::min(folded.find_first_not_of('-'), folded.size())));
  const auto separators = mail_separators();
  return std::any_of(separators.begin(), separators.end(), [&](auto form) { return std::string_view(between).starts_with(form); });
}

// Someone who writes goes on in small letters: "it was sent from my iphone". A signature that lost its line begins with a capital.
bool begins_sentence(std::string_view line, std::size_t at) {
  const auto before = line.substr(0, at);
  const auto last = before.find_last_not_of(white);
  if (last == std::string_view::npos || rules.find(before[last]) != std::string_view::npos) return true;
  const auto first = flows::first_code_point(line.substr(at)).value;
  return first < 0x80 ? flows::is_upper(static_cast<char>(first)) : first == U'É';
}

// Can an addition begin with this byte? Most words of most texts are passed over by it.
bool may_begin(char first) {
  static const auto known = [] {
    std::array<bool, 256> begins{};
    for (const auto& form : addition_forms()) begins[static_cast<unsigned char>(form.opening.front())] = true;
    for (const auto& header : quote_headers()) begins[static_cast<unsigned char>(header.opening.front())] = true;
    begins['-'] = true;
    return begins;
  }();
  return known[static_cast<unsigned char>(first)];
}

// What additions begin with, by its first byte.
const std::array<std::vector<std::string_view>, 256>& openings_by_byte() {
  static const auto sorted = [] {
    std::array<std::vector<std::string_view>, 256> openings;
    const auto add = [&](std::string_view opening) { openings[static_cast<unsigned char>(opening.front())].push_back(opening); };
    for (const auto& form : addition_forms()) add(form.opening);
    for (const auto& header : quote_headers()) add(header.opening);
    add("--");
    return openings;
  }();
  return sorted;
}

// Is it so once `text` is folded? Of what ends before, or holds anything but plain ASCII, it could be.
bool may_fold_to(std::string_view text, std::string_view opening) {
  std::size_t at = 0;
  for (const char wanted : opening) {
    if (at == text.size()) return true;
    const char c = text[at];
    if (c < ' ' || c > '~' || c == '`') return true;
    if (flows::lower_ascii(c) != wanted) return false;
    ++at;
    while (wanted == ' ' && at < text.size() && text[at] == ' ') ++at;
  }
  return true;
}

constexpr auto parts_words = [] {
  std::array<bool, 256> parts{};
  parts[' '] = true;
  for (const char c : rules) parts[static_cast<unsigned char>(c)] = true;
  return parts;
}();

// Could an addition begin in this line? Most lines hold none of the openings.
bool may_begin_in(std::string_view line) {
  const auto& openings = openings_by_byte();
  bool begins = true;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char c = line[at];
    if (c < ' ' || c > '~' || c == '`') return true;
    if (begins) {
      const auto& near = openings[static_cast<unsigned char>(flows::lower_ascii(c))];
      if (std::any_of(near.begin(), near.end(), [&](std::string_view opening) { return may_fold_to(line.substr(at), opening); })) return true;
    }
    begins = parts_words[static_cast<unsigned char>(c)];
  }
  return false;
}

// Where an addition begins inside of one line, the line's size when none does. `following` is the line and the next one.
std::size_t addition_inside(std::string_view line, std::string_view following, bool is_first) {
  if (!may_begin_in(line)) return line.size();
  const auto folded = flows::fold_traced(following);
  const std::string_view text = folded.text;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (at > 0 && text[at - 1] != ' ' && rules.find(text[at - 1]) == std::string_view::npos) continue;
    if (folded.begin[at] >= line.size()) break;
    if (!may_begin(text[at])) continue;
    const auto rest = text.substr(at);
    const bool is_whole = is_first && at == 0;
    const bool is_known = is_addition(rest, is_whole) || (!is_whole && is_quote_header(rest));
    if (is_separator(rest) || (is_known && begins_sentence(line, folded.begin[at]))) return folded.begin[at];
  }
  return line.size();
}

// Every addition begins with one of these letters or with a rule; most texts are done with at once.
bool may_hold_additions(std::string_view text) {
  constexpr std::size_t shortest = 6;
  return text.size() > shortest && text.find_first_of(" \n>-_:(") != std::string_view::npos;
}

// How much of `text` stands before the first addition.
std::size_t end_of_written(std::string_view text) {
  std::size_t begin = 0;
  for (std::size_t lines = 0; begin < text.size() && lines < max_lines; ++lines) {
    const auto end = std::min(text.find('\n', begin), text.size());
    const auto next_end = std::min(text.find('\n', std::min(end + 1, text.size())), text.size());
    const auto line = text.substr(begin, end - begin);
    if (begin > 0 && is_rule(flows::fold(line))) return begin;
    const auto inside = addition_inside(line, text.substr(begin, next_end - begin), begin == 0);
    if (inside < line.size()) return begin + inside;
    begin = end + 1;
  }
  return text.size();
}

std::string_view without_white(std::string_view text) {
  const auto first = text.find_first_not_of(white);
  if (first == std::string_view::npos) return text.substr(0, 0);
  return text.substr(first, text.find_last_not_of(white) - first + 1);
}

// What led over to an addition: "STOP -- ", "STOP — ".
std::string_view without_rules(std::string_view text) {
  for (std::string_view before; before != text;) {
    before = text;
    const auto last = text.find_last_not_of(" \t\r\n|-_=*~#");
    text = text.substr(0, last == std::string_view::npos ? 0 : last + 1);
    for (const std::string_view dash : {"—", "–"}) {
      if (text.ends_with(dash)) text.remove_suffix(dash.size());
    }
  }
  return text;
}

// Lines that quote ("> ...") at either edge.
std::string_view without_quoted_lines(std::string_view text) {
  text = without_white(text);
  for (std::size_t lines = 0; text.starts_with('>') && lines < max_lines; ++lines) {
    text = without_white(behind(text, std::min(text.find('\n'), text.size())));
  }
  for (std::size_t lines = 0; lines < max_lines; ++lines) {
    const auto line = text.rfind('\n');
    if (line == std::string_view::npos || !without_white(text.substr(line)).starts_with('>')) break;
    text = without_white(text.substr(0, line));
  }
  return text;
}

// Where the folded text `form` ends in `text`, when it begins with it.
std::size_t end_of_opening(std::string_view text, std::string_view form) {
  const auto head = flows::fold_traced(text.substr(0, form.size() * 2));
  return head.text.starts_with(form) ? head.end[form.size() - 1] : 0;
}

// Every form of a head ends in one of these, near its beginning.
bool may_begin_with_head(std::string_view text) {
  constexpr std::size_t longest_head = 64;
  return text.substr(0, longest_head).find_first_of(":)]>") != std::string_view::npos;
}

// "FRM:ana@example.com SUBJ:hi MSG:STOP" (gateways from mail to text), "(no subject) STOP", "Re: STOP".
std::string_view without_mail_head(std::string_view text) {
  if (!may_begin_with_head(text)) return text;
  if (end_of_opening(text, "frm:") > 0) {
    for (const std::string_view mark : {"MSG:", "Msg:", "msg:"}) {
      if (const auto at = text.find(mark); at != std::string_view::npos) return without_white(text.substr(at + mark.size()));
    }
  }
  for (std::size_t count = 0; count < max_subjects; ++count) {
    const auto subjects = subject_forms();
    const auto found = std::find_if(subjects.begin(), subjects.end(), [&](auto form) { return end_of_opening(text, form) > 0; });
    if (found == subjects.end()) break;
    text = without_white(behind(text, end_of_opening(text, *found)));
  }
  return text;
}

}  // namespace

std::string_view written_part(std::string_view text) {
  if (!may_hold_additions(text)) return text;
  auto written = without_quoted_lines(without_mail_head(without_white(text)));
  const auto end = end_of_written(written);
  if (end < written.size()) {
    written = without_quoted_lines(without_rules(written.substr(0, end)));
  }
  return written;
}

}  // namespace answerback::engine
