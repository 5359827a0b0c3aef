#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "flows/time.hpp"
#include "server/cli/cli.hpp"
#include "server/conversation_script.hpp"
#include "webhooks/json.hpp"

namespace answerback::server {

namespace {

using Json = nlohmann::ordered_json;



std::string one_line(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"; }

class Chat {
 public:
  Chat(flows::FlowPtr flow, bool json) : flow_(std::move(flow)), json_(json) { begin(); }

  void line(const std::string& text) {
    if (text.starts_with("/wait")) {
      wait(text);
    } else if (text.starts_with("/set")) {
      set(text);
    } else if (text == "/help") {
      print_err("/wait 25h moves the clock · /set field=value sets a contact field (before the first reply) · Ctrl-D ends");
    } else if (text.starts_with("/")) {
      print_err(fmt::format("{} is no command; /help lists them", text));
    } else {
      replied_ = true;
      show(rehearsal_->say(text));
    }
  }

 private:
  void begin() {
    rehearsal_ = std::make_unique<Rehearsal>(flow_, fields_, usual_start);
    show(rehearsal_->start());
  }

  void wait(const std::string& text) {
    const auto duration = text.size() > 6 ? flows::parse_duration(text.substr(6)) : std::nullopt;
    if (!duration) {
      print_err("say how long: /wait 90s, /wait 15m, /wait 24h or /wait 3d");
      return;
    }
    show(rehearsal_->wait(*duration));
    if (!json_) print_err(fmt::format("-- it is now {}", flows::to_iso8601(rehearsal_->now())));
  }

  void set(const std::string& text) {
    const auto equals = text.find('=');
    if (text.size() < 6 || equals == std::string::npos || equals < 6) {
      print_err("say what: /set first_name=Ana");
    } else if (replied_) {
      print_err("/set works before the first reply only, since it starts the conversation again");
    } else {
      flows::assign(fields_, text.substr(5, equals - 5), text.substr(equals + 1));
      begin();
    }
  }

  void show(const Heard& heard) const {
    for (const auto& text : heard.texts) print_out(json_ ? one_line({{"type", "message"}, {"text", text}}) : fmt::format("  {}\n", text));
    if (json_) {
      for (const auto& event : heard.events) print_out(one_line({{"type", "event"}, {"event", Json::parse(event.body)}}));
    }
    if (heard.ended) show_outcome(*heard.ended);
  }

  void show_outcome(const engine::Conversation& ended) const {
    const auto outcome = flows::to_string(*engine::outcome_of(ended.life));
    const auto answers = webhooks::to_json(ended.answers);
    print_out(json_ ? one_line({{"type", "outcome"}, {"outcome", outcome}, {"reason", ended.reason}, {"answers", answers}})
                    : fmt::format("-- {} / {} {}\n", outcome, ended.reason, answers.dump()));
  }

  flows::FlowPtr flow_;
  bool json_;
  engine::Values fields_;
  std::unique_ptr<Rehearsal> rehearsal_;
  bool replied_ = false;
};

}  // namespace

void add_chat(CLI::App& app, Command& command) {
  auto* verb = app.add_subcommand("chat", "Talk to a flow in the terminal: the same engine, in memory, on a clock that you move");
  const auto path = std::make_shared<std::string>();
  verb->add_option("FLOW", *path, "Flow file")->required();
  verb->callback([&command, path] {
    const auto flow = load_flow_file(*path, command.exit);
    if (!flow) return;
    Chat chat(flow, command.json);
    std::string line;
    while (std::getline(std::cin, line)) {
      if (line.ends_with('\r')) line.pop_back();
      if (!line.empty()) chat.line(line);
    }
  });
}

}  // namespace answerback::server
