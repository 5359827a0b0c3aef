#include <algorithm>

#include "flows/text/words.hpp"
#include "flows/understand/range_ends.hpp"
#include "flows/understand/range_words.hpp"

namespace answerback::flows {

namespace {

constexpr std::size_t most_joints = 6;  // tried in one reply
constexpr std::size_t most_tokens = 64;  // of a reply; a longer one tells more than two ends, and each joint has both halves read
constexpr std::size_t npos = static_cast<std::size_t>(-1);

// "b/w 2 and 4"
bool is_short_between(const std::vector<Token>& tokens, std::size_t at) {
  return at >= 2 && tokens[at].text == "w" && tokens[at - 1].text == "/" && tokens[at - 2].text == "b";
}

// "Half a dozen"
bool is_article(const std::vector<Token>& tokens, std::size_t joint) {
  return tokens[joint].text == "a" && (tokens[joint - 1].text == "half" || tokens[joint - 1].text == "quarter");
}

// The last lead before `joint`; npos without one.
std::size_t lead_before(const std::vector<Token>& tokens, std::size_t joint) {
  for (auto at = joint; at-- > 0;) {
    if (is_one_of(tokens[at].text, range_leads()) || is_short_between(tokens, at)) return at;
  }
  return npos;
}

bool is_between(std::string_view word) { return word == "between" || word == "btw" || word == "btwn" || word == "entre"; }

// "de" belongs to a date ("3 de marzo") unless it begins the reply.
bool leads_range(const std::vector<Token>& tokens, std::size_t at) {
  const auto& word = tokens[at].text;
  return at == 0 || is_short_between(tokens, at) || is_between(word) || word == "from" || word == "desde";
}

// Two digits that hyphens join to more are a date or a phone number: "3-4-26".
bool is_chain(const std::vector<Token>& tokens, std::size_t joint) {
  const auto is_hyphen = [&](std::size_t at) { return at < tokens.size() && tokens[at].text == "-" && tokens[at].glued; };
  return tokens[joint].text == "-" && tokens[joint].glued && (is_hyphen(joint + 2) || (joint >= 2 && is_hyphen(joint - 2)));
}

}  // namespace

std::vector<RangeHalves> range_halves(const Reply& reply) {
  std::vector<RangeHalves> found;
  const auto& tokens = reply.tokens();
  if (tokens.size() > most_tokens) return found;
  const auto raw = reply.raw();
  const auto joints = range_joints();
  for (std::size_t at = 1; at + 1 < tokens.size() && found.size() < most_joints; ++at) {
    const auto joint = std::find_if(joints.begin(), joints.end(), [&](const RangeJoint& one) { return one.word == tokens[at].text; });
    if (joint == joints.end() || is_chain(tokens, at) || is_article(tokens, at)) continue;
    const auto lead = lead_before(tokens, at);
    if (joint->needs_lead && (lead == npos || !(is_between(tokens[lead].text) || is_short_between(tokens, lead)))) continue;
    const auto begin = lead != npos && leads_range(tokens, lead) ? reply.span_of(lead, lead).end : 0;
    const auto place = reply.span_of(at, at);
    const bool is_named = lead != npos || tokens[at].kind == Token::Kind::word;
    found.push_back({raw.substr(begin, place.begin - begin), raw.substr(place.end), joint->is_choice, is_named});
  }
  return found;
}

}  // namespace answerback::flows
