#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "engine/country.hpp"
#include "engine/incoming/incoming.hpp"
#include "flows/load/load_expect.hpp"
#include "flows/phone/phone.hpp"
#include "flows/text/text.hpp"
#include "flows/understand/understand.hpp"
#include "server/cli/cli.hpp"
#include "server/cli/lines.hpp"
#include "server/config/flow_rules.hpp"
#include "server/config/zone.hpp"
#include "webhooks/json.hpp"

namespace answerback::server {

namespace {

struct UnderstandOptions {
  std::string kind;
  std::string language = "en";
  std::string at;
  std::string zone = "UTC";
  std::string country;
  std::string phone;
  std::string options;
};

// Everything that a reply is read against.
struct Question {
  flows::Expect expect;
  flows::ReplyContext context;
  ClockPtr clock;
  std::string phone;
};

bool usage_error(const std::string& problem) {
  print_err("answerback understand: " + problem);
  return false;
}

bool read_language(const UnderstandOptions& options, Question& question) {
  const auto problem = language_problem(options.language);
  question.context.language = options.language;
  return problem.empty() || usage_error(problem);
}

bool read_clock(const UnderstandOptions& options, Question& question) {
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  const auto at = options.at.empty() ? std::optional<flows::Instant>(now) : flows::parse_iso8601(options.at);
  if (!at) return usage_error(fmt::format("--at {}: no instant, write one such as 2026-03-02T15:00:00Z", options.at));
  if (!is_zone(options.zone)) {
    return usage_error(fmt::format("--zone {}: there is no such time zone{}", options.zone, flows::did_you_mean(options.zone, zone_names())));
  }
  question.clock = Zones(options.zone, *at).by_default();
  const auto local = question.clock->local(*at);
  question.context.clock = question.clock.get();
  question.context.today = std::chrono::sys_days(flows::day_of(local).time_since_epoch());
  question.context.time_of_day = flows::time_of_day(local);
  return true;
}

// Who is asked, as the engine knows them: by their number and the field `country`.
bool read_contact(const UnderstandOptions& options, Question& question) {
  engine::Contact contact;
  if (!options.country.empty()) flows::assign(contact.fields, "country", options.country);
  const auto phone = flows::parse_phone(options.phone, "");
  if (!options.phone.empty() && !phone) return usage_error(fmt::format("--phone: \"{}\" is no phone number, write one such as +15125550142", options.phone));
  contact.phone = phone.value_or("");
  constexpr std::size_t code_size = 2;
  question.context.country = engine::country_of(contact);
  const bool is_code = options.country.empty() || (options.country.size() == code_size && !question.context.country.empty());
  if (!is_code) return usage_error(fmt::format("--country {}: no country, write two letters such as US", options.country));
  question.phone = contact.phone;
  question.context.phone = question.phone;
  return true;
}

bool read_kind(const UnderstandOptions& options, Question& question) {
  auto loaded = flows::load_expect(options.kind, options.options, flow_rules());
  for (const auto& issue : loaded.issues) print_err(flows::to_line(issue, options.options.empty() ? "KIND" : "--options"));
  if (!loaded.expect) return false;
  question.expect = std::move(*loaded.expect);
  return true;
}

// On a phone pictures come beside the text; here the words that are addresses stand for them.
std::vector<std::string> addresses_in(const std::string& line) {
  std::vector<std::string> found;
  for (const auto word : flows::split_words(line)) {
    if (flows::fold(word).starts_with("http")) found.emplace_back(word);
  }
  return found;
}

// A span of what the person wrote, as one of the whole line.
flows::Span span_in(const std::string& line, std::string_view written, flows::Span span) {
  if (span == flows::Span{}) return span;
  const auto before = static_cast<std::size_t>(written.data() - line.data());
  return {before + span.begin, before + span.end};
}

// What a phone or a gateway made answers nothing, unless a question takes just that.
bool may_be_read(const engine::Incoming& incoming, const flows::Expect& expect) {
  switch (incoming.kind) {
    case engine::Incoming::Kind::reply: return true;
    case engine::Incoming::Kind::reaction: return engine::may_answer(*incoming.reaction, expect);
    case engine::Incoming::Kind::automatic: return false;
    case engine::Incoming::Kind::perhaps_automatic: return std::holds_alternative<flows::ExpectChoice>(expect);
  }
  return true;
}

nlohmann::ordered_json answer(const Question& question, const std::string& line) {
  const auto incoming = engine::read_incoming(line);
  if (!may_be_read(incoming, question.expect)) return understood_json(nullptr, false, 0, 0);
  auto context = question.context;
  const auto media = addresses_in(line);
  context.media = media;
  const auto found = flows::understand(question.expect, incoming.text, context);
  const auto [begin, end] = span_in(line, incoming.text, found.span);
  auto json = understood_json(found.value ? webhooks::to_json(*found.value) : nlohmann::ordered_json(), found.sure, begin, end);
  if (found.others.empty()) return json;
  auto others = nlohmann::ordered_json::array();
  for (const auto& other : found.others) others.push_back(webhooks::to_json(other));
  json["others"] = std::move(others);
  return json;
}

void understand_lines(const UnderstandOptions& options, Command& command) {
  Question question;
  if (!read_kind(options, question) || !read_language(options, question) || !read_clock(options, question) || !read_contact(options, question)) {
    command.exit = exit_usage;
    return;
  }
  answer_lines([&](const std::string& line) { return answer(question, line); });
}

}  // namespace

void add_understand(CLI::App& app, Command& command) {
  auto* verb = app.add_subcommand(
      "understand", "Read replies from stdin, one a line, as a question of a flow would. Answers are JSON, one object a line");
  const auto options = std::make_shared<UnderstandOptions>();
  verb->add_option("KIND", options->kind, "What is asked for: yes_no, choice, number, date, email, name, …")->required();
  verb->add_option("--language", options->language, "The contact's language: en, es, fr, also with a region, en-GB");
  verb->add_option("--at", options->at, "When the reply comes, such as 2026-03-02T15:00:00Z; now when left out");
  verb->add_option("--zone", options->zone, "The contact's time zone, such as America/Chicago; UTC when left out");
  verb->add_option("--country", options->country, "The contact's country, such as GB: the order of day and month, phone numbers as they are dialled there; that of --phone when left out");
  verb->add_option("--phone", options->phone, "The contact's number, such as +447700900123: what \"this number\" means");
  verb->add_option("--options", options->options, R"(What stands behind the kind in a flow, as JSON: {"min": 0}, {"repair": ["1", "fix"]}, "US")");
  verb->callback([&command, options] { understand_lines(*options, command); });
}

}  // namespace answerback::server
