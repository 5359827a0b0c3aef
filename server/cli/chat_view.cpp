#include "server/cli/chat_view.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "server/cli/chat_notes.hpp"
#include "server/cli/cli.hpp"
#include "server/cli/phone_screen.hpp"
#include "server/cli/visible.hpp"
#include "server/rehearsal/test_expectation.hpp"
#include "webhooks/json.hpp"

namespace answerback::server {

namespace {

using ChatJson = nlohmann::ordered_json;

std::string json_line(const ChatJson& json) { return json.dump(-1, ' ', false, ChatJson::error_handler_t::replace) + "\n"; }

std::string outcome_of(const Heard& heard) {
  const auto& ended = *heard.ended;
  const auto outcome = flows::to_string(*engine::outcome_of(ended.life));
  const auto why = heard.why.empty() ? "" : " (" + heard.why + ")";
  return fmt::format("-- {} / {}{} {}", outcome, ended.reason, why, webhooks::dump(webhooks::to_json(ended.answers)));
}

std::string call_note(const engine::CallRequest& call) {
  return fmt::format("calls {} {}{}{}", call.method, call.url, call.body.empty() ? "" : " ", call.body);
}

class JsonView final : public ChatView {
 public:
  void heard(const Heard& heard) override {
    for (const auto& text : heard.texts) print_out(json_line({{"type", "message"}, {"text", text}}));
    for (const auto& call : heard.calls) {
      ChatJson line{{"type", "call"}};
      line.update(made_call(call));
      print_out(json_line(line));
    }
    for (const auto& event : heard.events) print_out(json_line({{"type", "event"}, {"event", ChatJson::parse(event.body)}}));
    if (!heard.ended) return;
    const auto& ended = *heard.ended;
    const auto outcome = flows::to_string(*engine::outcome_of(ended.life));
    ChatJson line{{"type", "outcome"}, {"outcome", outcome}, {"reason", ended.reason}, {"answers", webhooks::to_json(ended.answers)}};
    if (!heard.why.empty()) line["detail"] = heard.why;
    print_out(json_line(line));
  }
  void note(const std::string& text) override { print_err(text); }
};

class PlainView final : public ChatView {
 public:
  void heard(const Heard& heard) override {
    for (const auto& text : heard.texts) print_out(fmt::format("  {}\n", visible(text)));
    for (const auto& call : heard.calls) print_out("-- " + visible(call_note(call)) + "\n");
    if (heard.ended) print_out(visible(outcome_of(heard)) + "\n");
  }
  void note(const std::string& text) override { print_err(visible(text)); }
};

class PhoneView final : public ChatView {
 public:
  void ours(const ScriptTurn& turn) override { print_out(screen_.ours(visible(turn.text))); }
  void heard(const Heard& heard) override {
    for (const auto& text : heard.texts) print_out(screen_.theirs(visible(text)) + screen_.note(segments_note(text)));
    for (const auto& call : heard.calls) print_out(screen_.note(visible(call_note(call))));
    if (heard.ended) print_out(screen_.outcome(visible(outcome_of(heard))));
  }
  void note(const std::string& text) override { print_out(screen_.note(visible(text))); }
  void detail(const std::string& text) override { print_out(screen_.note(visible(text))); }
  void prompt() override { print_out(screen_.prompt()); }

 private:
  PhoneScreen screen_{look_of_terminal()};
};

}  // namespace

std::unique_ptr<ChatView> json_chat_view() { return std::make_unique<JsonView>(); }
std::unique_ptr<ChatView> plain_chat_view() { return std::make_unique<PlainView>(); }
std::unique_ptr<ChatView> phone_chat_view() { return std::make_unique<PhoneView>(); }

}  // namespace answerback::server
