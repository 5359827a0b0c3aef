#include "server/cli/chat_notes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "engine/country.hpp"
#include "flows/listed_choices.hpp"
#include "flows/text/segments.hpp"
#include "flows/text/text.hpp"
#include "flows/text/words.hpp"
#include "flows/understand/understand.hpp"
#include "server/config/zone.hpp"
#include "webhooks/json.hpp"

namespace answerback::server {

namespace {

const flows::Step* waiting_step(const std::vector<flows::FlowPtr>& flows, const engine::Conversation& conversation) {
  const auto& name = conversation.inside.empty() ? conversation.flow : conversation.inside.back().flow;
  const auto flow = std::find_if(flows.begin(), flows.end(), [&](const auto& one) { return one->name == name; });
  const auto index = flow == flows.end() ? std::nullopt : (*flow)->find(conversation.step);
  return index ? &(*flow)->steps[*index] : nullptr;
}

// Read once more as the engine has read it, for the span and the other meanings that a conversation does not keep.
flows::Understood read_again(const flows::Flow& flow, const flows::Expect& expect, const engine::Conversation& before, const Rehearsal& after, const ScriptTurn& turn) {
  Zones zones("UTC", after.now());
  const auto contact = after.contact().value_or(engine::Contact{});
  const auto clock = zones.of(contact);
  const auto local = clock->local(after.now());
  const auto language = before.language.empty() ? flow.language : before.language;
  const flows::ReplyContext context{std::chrono::sys_days(flows::day_of(local).time_since_epoch()), language, flows::time_of_day(local), clock.get(), turn.media, contact.phone,
                                    engine::country_of(contact)};
  return flows::understand(expect, turn.text, context);
}

// The choices that come from a list are those that it held then.
flows::Expect accepted(const flows::Expect& expect, const engine::Conversation& before) {
  if (!flows::is_listed(expect)) return expect;
  const auto prefix = before.inside.empty() ? std::string() : before.inside.back().prefix;
  const auto lookup = [&](const flows::Path& path) { return flows::find(before.vars, prefix + path.name); };
  return flows::listed_choices(std::get<flows::ExpectChoice>(expect), lookup);
}

// "not understood as number (too_big, 1 of 3 tries)"
std::string unclear_note(const flows::Ask& ask, const engine::Conversation& before, const engine::Conversation& now) {
  const bool waits = now.open && !now.open->not_understood.empty();
  const auto why = waits ? now.open->not_understood.back().cause : std::string();
  const auto reason = why.empty() || why == "not_understood" ? std::string() : why + ", ";
  return fmt::format("not understood as {} ({}{} of {} tries)", flows::kind_name(ask.expect), reason, before.open->attempts + 1, ask.unclear.times + 1);
}

bool was_skipped(const flows::Ask& ask, const engine::Conversation& before, const engine::Conversation& now) {
  const bool answered = now.interactions.size() > before.interactions.size();
  return ask.optional && answered && std::holds_alternative<std::monostate>(now.interactions[before.interactions.size()].value);
}

std::string how_chosen(const flows::ExpectChoice& choice, const std::string& key, std::string_view words) {
  const auto folded = flows::fold_words(words);
  const auto chosen = std::find_if(choice.choices.begin(), choice.choices.end(), [&](const auto& one) { return one.key == key; });
  if (chosen == choice.choices.end()) return {};
  if (flows::fold_words(chosen->key) == folded) return "by its name";
  const auto& synonyms = chosen->synonyms;
  const bool is_synonym = std::any_of(synonyms.begin(), synonyms.end(), [&](const auto& one) { return flows::fold_words(one.written) == folded; });
  if (is_synonym) return "by a synonym";
  return std::all_of(folded.begin(), folded.end(), flows::is_digit) ? "by its position" : "by words near it";
}

std::string text_of(const flows::Value& value) { return webhooks::to_json(value).dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace); }

std::string understood_note(const flows::Ask& ask, const flows::Understood& understood, const std::string& reply) {
  const auto words = reply.substr(std::min(understood.span.begin, reply.size()), understood.span.end - understood.span.begin);
  auto note = fmt::format("{} = {}, {} from \"{}\"", ask.answer, text_of(*understood.value), understood.sure ? "sure," : "a guess", words);
  if (const auto* choice = std::get_if<flows::ExpectChoice>(&ask.expect)) {
    const auto how = how_chosen(*choice, std::get<std::string>(*understood.value), words);
    if (!how.empty()) note += ", " + how;
  }
  return note;
}

std::string others_note(const flows::Understood& understood) {
  std::string note = "could also mean";
  for (const auto& other : understood.others) note += " " + text_of(other);
  return note;
}

}  // namespace

std::vector<std::string> reading_notes(const std::vector<flows::FlowPtr>& flows, const engine::Conversation& before, const Rehearsal& after,
                                       const ScriptTurn& turn) {
  const auto* step = waiting_step(flows, before);
  const auto* ask = step == nullptr ? nullptr : std::get_if<flows::Ask>(&step->verb);
  const auto now = after.conversation();
  if (ask == nullptr || !now || !before.open) return {};
  for (auto i = before.trail.size(); i < now->trail.size(); ++i) {
    const auto exit = now->trail[i].exit;
    if (exit >= flows::exit_anytime && exit < flows::exit_outside) return {"said at any time, not as an answer"};
  }
  if (before.open->awaited != engine::Awaited::reply) {
    const bool tried_again = now->open && now->open->attempts > before.open->attempts;
    return tried_again ? std::vector<std::string>{"not understood as an answer to what was offered"} : std::vector<std::string>{};
  }
  if (was_skipped(*ask, before, *now)) return {fmt::format("{} skipped", ask->answer)};
  const auto understood = read_again(*flows.front(), accepted(ask->expect, before), before, after, turn);
  if (!understood.value) return {unclear_note(*ask, before, *now)};
  std::vector<std::string> notes{understood_note(*ask, understood, turn.text)};
  if (!understood.others.empty()) notes.push_back(others_note(understood));
  return notes;
}

std::string way_note(const flows::Flow& flow, const engine::Conversation* before, const engine::Conversation& after) {
  const bool same = before != nullptr && before->id == after.id;
  std::string note;
  const auto add = [&](const std::string& step) { note += (note.empty() ? "" : " -> ") + step; };
  for (auto i = same ? before->trail.size() : 0; i < after.trail.size(); ++i) add(flow.steps[after.trail[i].step].name);
  if (note.empty()) return note;
  if (!after.step.empty()) add(after.inside.empty() ? after.step : after.inside.front().step + " / " + after.step);
  return note;
}

std::string timer_note(const std::vector<flows::FlowPtr>& flows, const engine::Conversation& conversation, engine::Instant now) {
  if (!conversation.due_at || !conversation.open) return {};
  const auto left = flows::to_string(std::max<flows::Duration>(std::chrono::seconds(1), *conversation.due_at - now));
  const auto* step = waiting_step(flows, conversation);
  const auto* ask = step == nullptr ? nullptr : std::get_if<flows::Ask>(&step->verb);
  if (conversation.open->awaited == engine::Awaited::call) return fmt::format("waits for the answer to its call: /call 200 {{…}} or /call fail; fails in {}", left);
  if (ask == nullptr) return fmt::format("goes on in {}", left);
  const bool reminds = conversation.open->reminded < ask->silent.remind.size();
  return fmt::format("in {}: {}", left, reminds ? "a reminder" : "no more waiting for a reply");
}

std::vector<std::string> value_notes(const engine::Conversation& conversation) {
  std::vector<std::string> notes;
  for (const auto& [name, value] : conversation.answers) notes.push_back(fmt::format("answers.{} = {}", name, text_of(value)));
  for (const auto& [name, value] : conversation.vars) notes.push_back(fmt::format("vars.{} = {}", name, text_of(value)));
  for (const auto& [name, way] : conversation.splits) notes.push_back(fmt::format("split {} = {}", name, way));
  return notes;
}

std::string segments_note(std::string_view text) {
  const auto segments = flows::count_segments(text);
  const bool gsm = segments.encoding == flows::Segments::Encoding::gsm7;
  auto note = fmt::format("{} segment{}, {} {}", segments.count, segments.count == 1 ? "" : "s", segments.units, gsm ? "GSM-7 characters" : "UCS-2 units");
  if (!gsm) note += fmt::format(", because of \"{}\"", segments.first_ucs2);
  return note;
}

}  // namespace answerback::server
