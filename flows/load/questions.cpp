#include "flows/load/questions.hpp"

#include <fmt/format.h>

#include "flows/load/expect.hpp"
#include "flows/load/names.hpp"
#include "flows/load/phrases.hpp"
#include "flows/load/targets.hpp"
#include "flows/load/texts.hpp"
#include "flows/load/times.hpp"

namespace answerback::flows {

namespace {

constexpr std::int64_t max_times = 10;

void read_then(Loading& loading, Fields& fields, Target& then) {
  if (const auto* json = fields.any("then")) then = read_target(loading, {*json, fields.pointer_to("then")});
}

// One text, or one for each try.
Retorts read_retorts(Loading& loading, const Part& part) {
  Retorts retorts;
  if (part.json.kind != Json::Kind::array) return {read_wording(loading, part)};
  if (part.json.items.empty()) loading.error(part, "required", "the list of texts is empty");
  if (!loading.within(part, part.json.items.size(), max_times, "texts")) return retorts;
  for (std::size_t i = 0; i < part.json.items.size(); ++i) retorts.push_back(read_wording(loading, part.item(i)));
  return retorts;
}

// `{"too_big": "At most 20, please."}`
void read_because(Loading& loading, const Part& part, Unclear& unclear) {
  for (const auto& member : part.json.members) {
    const auto refusal = parse_refusal(member.key);
    const auto retorts = part.member(member);
    if (refusal) {
      unclear.because.insert_or_assign(*refusal, read_retorts(loading, retorts));
      continue;
    }
    loading.report.error("unknown_field", fmt::format("there is no cause \"{}\"{}", member.key, loading.hint(member.key, refusal_words())),
                         retorts.pointer, member.key_at);
  }
}

Unclear read_unclear(Loading& loading, const Part& part, Unclear unclear) {
  Fields fields(part.json, part.pointer, loading.report);
  if (const auto* say = fields.any("say")) unclear.say = read_retorts(loading, {*say, fields.pointer_to("say")});
  if (const auto* because = fields.object("because")) read_because(loading, {*because, fields.pointer_to("because")}, unclear);
  const auto times = fields.integer("times", 0, max_times);
  if (times) unclear.times = static_cast<std::uint32_t>(*times);
  read_then(loading, fields, unclear.then);
  fields.done();
  return unclear;
}

// Nothing when the duration could not be read.
std::optional<Reminder> read_reminder(Loading& loading, const Part& part) {
  Fields fields(part.json, part.pointer, loading.report);
  if (part.json.kind != Json::Kind::object) return std::nullopt;
  const auto after = read_duration(loading, fields, "after");
  const auto* say = fields.any("say");
  std::optional<Wording> text;
  if (!fields.has("after")) fields.missing("after");
  if (say != nullptr) text = read_wording(loading, {*say, fields.pointer_to("say")});
  fields.done();
  return after ? std::optional(Reminder{*after, std::move(text)}) : std::nullopt;
}

std::vector<Reminder> read_reminders(Loading& loading, const Part& part) {
  std::vector<Reminder> reminders;
  if (!loading.within(part, part.json.items.size(), loading.limits.max_reminders, "reminders")) return reminders;
  for (std::size_t i = 0; i < part.json.items.size(); ++i) {
    auto reminder = read_reminder(loading, part.item(i));
    if (!reminder) continue;
    if (!reminders.empty() && reminder->after <= reminders.back().after) {
      loading.error(part.item(i), "reminder_order",
                    fmt::format("a reminder after {} follows one after {}, each must be later than the one before",
                                to_string(reminder->after), to_string(reminders.back().after)));
      continue;
    }
    reminders.push_back(std::move(*reminder));
  }
  return reminders;
}

Silent read_silent(Loading& loading, const Part& part, Silent silent) {
  Fields fields(part.json, part.pointer, loading.report);
  if (const auto* remind = fields.array("remind")) silent.remind = read_reminders(loading, {*remind, fields.pointer_to("remind")});
  silent.after = read_duration(loading, fields, "after").value_or(silent.after);
  read_then(loading, fields, silent.then);
  if (!silent.remind.empty() && silent.remind.back().after >= silent.after) {
    fields.error(fields.has("remind") ? "remind" : "after", "reminder_order",
                 fmt::format("a reminder after {} comes too late, the silence ends after {}", to_string(silent.remind.back().after),
                             to_string(silent.after)));
  }
  fields.done();
  return silent;
}

void read_patience(Loading& loading, Fields& fields, Unclear& unclear, Silent& silent) {
  if (const auto* json = fields.any("unclear")) unclear = read_unclear(loading, {*json, fields.pointer_to("unclear")}, unclear);
  if (const auto* json = fields.any("silent")) silent = read_silent(loading, {*json, fields.pointer_to("silent")}, silent);
}

std::string read_answer_name(Fields& fields, const std::string& step) {
  auto name = fields.string("answer").value_or(step);
  if (fields.has("answer") && !is_name(name)) {
    fields.error("answer", "bad_name", fmt::format("\"{}\" is no answer's name, use 1 to 64 of letters, digits, _ and -", name));
  }
  return name;
}

// `true`, or an object with the words that say so beside the usual ones.
std::optional<Ask::Optional> read_optional(Loading& loading, Fields& fields) {
  const auto* json = fields.any("optional");
  if (json == nullptr || (json->kind == Json::Kind::boolean && !json->boolean)) return std::nullopt;
  Ask::Optional optional;
  if (json->kind == Json::Kind::boolean) return optional;
  if (json->kind != Json::Kind::object) {
    loading.wrong_type({*json, fields.pointer_to("optional")}, "true or an object with \"phrases\"");
    return optional;
  }
  Fields options(*json, fields.pointer_to("optional"), loading.report);
  if (const auto* phrases = options.any("phrases")) {
    for (auto& phrase : read_phrases(loading, {*phrases, options.pointer_to("phrases")}, loading.limits.max_phrases, "phrases")) {
      refuse_reserved(loading, phrase.phrase.written, phrase.part.pointer, phrase.part.json.at, true);
      optional.phrases.push_back(std::move(phrase.phrase));
    }
  } else {
    options.missing("phrases");
  }
  options.done();
  return optional;
}

}  // namespace

QuestionDefaults read_defaults(Loading& loading, Fields& flow) {
  QuestionDefaults defaults;
  const auto* json = flow.object("defaults");
  if (json == nullptr) return defaults;
  Fields fields(*json, flow.pointer_to("defaults"), loading.report);
  read_patience(loading, fields, defaults.unclear, defaults.silent);
  defaults.confirm = fields.boolean("confirm").value_or(false);
  fields.done();
  return defaults;
}

Ask read_ask(Loading& loading, Fields& fields, const std::string& step, const QuestionDefaults& defaults) {
  Ask ask{{}, read_answer_name(fields, step), ExpectText{}, defaults.confirm, defaults.unclear, defaults.silent, {}};
  ask.question = read_wording(loading, {*fields.any("ask"), fields.pointer_to("ask")});
  if (const auto* json = fields.any("expect")) {
    const Part expect{*json, fields.pointer_to("expect")};
    ask.expect = read_expect(loading, expect);
    ask.confirm = read_confirm(loading, expect).value_or(ask.confirm);
  }
  read_patience(loading, fields, ask.unclear, ask.silent);
  ask.optional = read_optional(loading, fields);
  ask.next = read_next(loading, fields);
  return ask;
}

}  // namespace answerback::flows
