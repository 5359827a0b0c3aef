#include "flows/load/wait.hpp"

#include <fmt/format.h>

#include "flows/load/expect.hpp"
#include "flows/load/names.hpp"
#include "flows/load/targets.hpp"
#include "flows/load/times.hpp"

namespace answerback::flows {

namespace {

constexpr std::string_view how_until_looks =
    "write a time \"09:00\", a date \"2026-03-02\", both \"2026-03-02T15:00\", \"open\", or a path such as \"answers.when\"";

void wait_for_value(Loading& loading, const Part& part, Path path, Wait& wait) {
  if (path.root == Path::Root::sender) return loading.error(part, "bad_time", "the sender is no time to wait for");
  loading.path_uses.push_back({path, part.pointer, part.json.at, false});
  wait.kind = Wait::Kind::value;
  wait.value = std::move(path);
}

void read_until_text(Loading& loading, const Part& part, Wait& wait) {
  const auto& text = part.json.string;
  if (text == "open") {
    wait.kind = Wait::Kind::open;
  } else if (const auto time = parse_time_of_day(text)) {
    wait.kind = Wait::Kind::time_of_day;
    wait.duration = *time;
  } else if (const auto date = parse_date(text)) {
    wait.kind = Wait::Kind::date;
    wait.local = LocalTime(std::chrono::local_days(*date));
  } else if (const auto local = parse_local_time(text)) {
    wait.kind = Wait::Kind::instant;
    wait.local = *local;
  } else if (auto path = parse_path(text)) {
    wait_for_value(loading, part, std::move(*path), wait);
  } else {
    loading.error(part, "bad_time", fmt::format("\"{}\" is no time to wait for, {}", text, how_until_looks));
  }
}

void read_until(Loading& loading, Fields& options, Wait& wait) {
  const auto* until = options.any("until");
  const Part part{*until, options.pointer_to("until")};
  if (until->kind == Json::Kind::string) {
    read_until_text(loading, part, wait);
  } else {
    loading.wrong_type(part, "a time, a date, \"open\" or a path");
  }
  wait.offset = read_offset(loading, options, "offset").value_or(wait.offset);
}

void read_pause(Loading& loading, Fields& options, Wait& wait) {
  const bool lasts = options.has("for");
  options.allow("until");
  if (lasts && options.has("until")) options.error("until", "one_time", "a pause lasts \"for\" a while or \"until\" a time, not both");
  if (lasts) {
    wait.duration = read_duration(loading, options, "for").value_or(wait.duration);
  } else if (options.has("until")) {
    read_until(loading, options, wait);
  } else {
    options.missing("for");
  }
  wait.in_hours = options.boolean("hours").value_or(false);
  const bool needs_hours = wait.in_hours || wait.kind == Wait::Kind::open;
  if (needs_hours && !loading.has_hours) {
    options.error(wait.in_hours ? "hours" : "until", "no_hours", "this waits for open hours, but the flow has no \"hours\"");
  }
}

bool may_lack_a_time(const Wait& wait) { return wait.kind == Wait::Kind::value || wait.kind == Wait::Kind::open || wait.in_hours; }

// `{"expect": …, "answer": "name", "next": …}`, beside a plain target.
Wait::Listening read_listening(Loading& loading, const Part& part, const std::string& step) {
  const bool listens = part.json.kind == Json::Kind::object && (part.json.find("next") != nullptr || part.json.find("expect") != nullptr);
  if (!listens) return {"", ExpectText{}, {{Condition{}, read_target(loading, part)}}};
  Fields fields(part.json, part.pointer, loading.report);
  Wait::Listening listening;
  listening.answer = fields.string("answer").value_or(step);
  if (!is_name(listening.answer)) {
    fields.error("answer", "bad_name", fmt::format("\"{}\" is no answer's name, use 1 to 64 of letters, digits, _ and -", listening.answer));
  }
  if (const auto* json = fields.any("expect")) {
    const Part expect{*json, fields.pointer_to("expect")};
    listening.expect = read_expect(loading, expect);
    if (read_confirm(loading, expect).value_or(false)) loading.error(expect, "unknown_field", "\"confirm\": what is said during a pause is not read back");
  }
  listening.next = read_next(loading, fields);
  fields.done();
  return listening;
}

}  // namespace

Wait read_wait(Loading& loading, Fields& fields, const std::string& step) {
  Wait wait;
  const auto* json = fields.object("wait");
  if (json != nullptr) {
    Fields options(*json, fields.pointer_to("wait"), loading.report);
    read_pause(loading, options, wait);
    options.done();
  }
  if (const auto* reply = fields.any("reply")) wait.reply = read_listening(loading, {*reply, fields.pointer_to("reply")}, step);
  if (const auto* failed = fields.any("failed")) {
    wait.failed = read_target(loading, {*failed, fields.pointer_to("failed")});
    if (!may_lack_a_time(wait)) fields.error("failed", "bad_time", "a pause for a while, or until a fixed time, never fails");
  }
  wait.next = read_next(loading, fields);
  return wait;
}

}  // namespace answerback::flows
