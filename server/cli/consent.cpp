#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "engine/incoming/incoming.hpp"
#include "engine/keywords.hpp"
#include "flows/text/text.hpp"
#include "flows/understand/reply.hpp"
#include "server/cli/cli.hpp"
#include "server/cli/lines.hpp"

namespace answerback::server {

namespace {

nlohmann::ordered_json to_json(engine::KeywordClass what) {
  switch (what) {
    case engine::KeywordClass::none: return nullptr;
    case engine::KeywordClass::stop: return "stop";
    case engine::KeywordClass::start: return "start";
    case engine::KeywordClass::help: return "help";
  }
  return nullptr;
}

// A keyword is the whole text, but for what is around it.
nlohmann::ordered_json classified(const std::string& line, const engine::KeywordContext& context) {
  const auto incoming = engine::read_incoming(line);
  if (incoming.kind == engine::Incoming::Kind::reaction) return understood_json(nullptr, false, 0, 0);
  const auto found = engine::classify(incoming.text, context);
  if (found.what == engine::KeywordClass::none) return understood_json(nullptr, false, 0, 0);
  const auto span = flows::Reply(line).trimmed();
  auto json = understood_json(to_json(found.what), !found.phrase, span.begin, span.end);
  json["keyword"] = found.word;
  json["language"] = found.language;
  return json;
}

}  // namespace

void add_consent(CLI::App& app, Command& command) {
  auto* verb = app.add_subcommand("consent", "What texts mean for consent");
  verb->require_subcommand(1);
  auto* classify = verb->add_subcommand(
      "classify", "Read texts from stdin, one a line: stop, start, help, or null when a flow may have it. Answers are JSON, one object a line");
  const auto context = std::make_shared<engine::KeywordContext>();
  const auto languages = std::make_shared<std::vector<std::string>>(std::vector<std::string>{"en"});
  classify->add_option("--language", *languages, "Languages that the contact may be speaking, such as en,es: the words of all of them count")->delimiter(',');
  classify->add_flag("--opted-out", context->opted_out, "The contact is opted out and was just told how to come back: YES opts in again");
  classify->callback([&command, context, languages] {
    for (const auto& language : *languages) {
      const auto problem = language_problem(language);
      if (problem.empty()) continue;
      print_err("answerback consent classify: " + problem);
      command.exit = exit_usage;
      return;
    }
    context->language = languages->front();
    context->also = {languages->begin(), languages->end()};
    context->invited = context->opted_out;
    answer_lines([&](const std::string& line) { return classified(line, *context); });
  });
}

}  // namespace answerback::server
