#include "flows/text/segments.hpp"

#include <fmt/format.h>

#include "flows/check/checks.hpp"
#include "flows/check/plain_letters.hpp"
#include "flows/check/usual_text.hpp"
#include "flows/text/code_points.hpp"

namespace answerback::flows {

namespace {

std::string shown(std::string_view character) {
  const auto value = static_cast<std::uint32_t>(first_code_point(character).value);
  const bool invisible = plain_for(character).value_or("x").empty() || is_space(first_code_point(character).value);
  return invisible ? fmt::format("U+{:04X}", value) : fmt::format("\"{}\" (U+{:04X})", character, value);
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) text.replace(at, what.size(), with);
  return text;
}

class SegmentCheck {
 public:
  explicit SegmentCheck(Loading& loading) : loading_(loading), usual_(loading.flow) {}

  void run() {
    for (const auto& read : loading_.wordings) {
      const auto& json = read.part.json;
      if (json.kind == Json::Kind::string) judge(read.part, read.wording.text);
      for (const auto& member : json.members) judge(read.part.member(member), read.wording.in(member.key));
    }
  }

 private:
  void judge(const Part& part, const Text& text) {
    if (part.json.kind != Json::Kind::string) return;
    const auto usual = usual_.of(text);
    const auto segments = count_segments(usual);
    if (segments.count > loading_.limits.max_segments) {
      loading_.warning(part, "long_text", fmt::format("about {} segments with values of usual length, more than {}; each is paid for",
                                                      segments.count, loading_.limits.max_segments));
    }
    if (segments.encoding == Segments::Encoding::ucs2) judge_letters(part, usual, segments.count);
  }

  // Texts of a script that GSM-7 does not have are what they are; a single character among plain ones is mostly a slip.
  void judge_letters(const Part& part, const std::string& usual, std::size_t count) {
    const auto beyond = beyond_gsm7(usual);
    const auto plain = made_plain(usual);
    if (count_segments(plain).encoding == Segments::Encoding::gsm7) return report(part, beyond.front(), count, count_segments(plain).count);
    if (beyond.size() != 1) return;
    const auto fewer = count_segments(replaced(usual, beyond.front(), "x")).count;
    const bool is_letter_of_language = is_word_character(first_code_point(beyond.front()).value);
    if (!is_letter_of_language || fewer < count) report(part, beyond.front(), count, fewer);
  }

  void report(const Part& part, std::string_view character, std::size_t count, std::size_t fewer) {
    const auto offset = part.json.string.find(character);
    const auto at = offset == std::string::npos ? part.json.at : loading_.source.inside(part.json.at, offset);
    const auto plain = plain_for(character);
    auto message = fmt::format("the character {} makes this text UCS-2, of 70 characters a segment in place of 160", shown(character));
    if (fewer < count) message += fmt::format(": {} segments in place of {}", count, fewer);
    if (plain) message += plain->empty() ? "; leave it out" : fmt::format("; write {} in its place", *plain == " " ? "a plain space" : *plain);
    loading_.report.warning("ucs2_character", std::move(message), part.pointer, at);
  }

  Loading& loading_;
  UsualText usual_;
};

}  // namespace

void check_segments(Loading& loading) { SegmentCheck(loading).run(); }

}  // namespace answerback::flows
