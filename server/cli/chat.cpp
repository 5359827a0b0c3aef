#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "server/cli/chat_notes.hpp"
#include "server/cli/chat_view.hpp"
#include "server/cli/cli.hpp"
#include "server/cli/flow_family.hpp"
#include "server/cli/lines.hpp"
#include "server/rehearsal/conversation_test.hpp"

namespace answerback::server {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t max_chat_turns = 1'000;  // as many as a conversation test has

constexpr std::string_view help =
    "/wait 25h moves the clock · /back takes the last turn back · /set field=value sets a contact field (before the first reply)\n"
    "/start ROOF begins again by that text, /start alone as by the API · /vars shows answers and variables after each turn · /call 200 {\"json\": 1} or /call fail answers a pending call\n"
    "/save NAME writes the conversation as NAME.test.json · Ctrl-D ends";

// The rest of a command's line, without the blank before it.
std::string argument_of(const std::string& line, std::string_view command) {
  const auto rest = line.substr(std::min(line.size(), command.size()));
  const auto begin = rest.find_first_not_of(' ');
  return begin == std::string::npos ? std::string() : rest.substr(begin);
}

bool is_command(const std::string& line, std::string_view command) {
  return line.starts_with(command) && (line.size() == command.size() || line[command.size()] == ' ');
}

class Chat {
 public:
  // `by_text`: the text that starts it; "" = it starts as by the API.
  Chat(std::vector<flows::FlowPtr> flows, std::string file, const std::string& by_text, std::unique_ptr<ChatView> view)
      : flows_(std::move(flows)), view_(std::move(view)) {
    script_.flow = std::move(file);
    start(by_text);
  }

  void line(const std::string& text) {
    if (is_command(text, "/wait")) return wait(argument_of(text, "/wait"));
    if (is_command(text, "/start")) return start(argument_of(text, "/start"));
    if (is_command(text, "/set")) return set(argument_of(text, "/set"));
    if (is_command(text, "/call")) return call(argument_of(text, "/call"));
    if (is_command(text, "/save")) return save(argument_of(text, "/save"));
    if (text == "/back") return back();
    if (text == "/vars") return toggle_values();
    if (text == "/help") return view_->note(std::string(help));
    if (text.starts_with("/")) return view_->note(fmt::format("{} is no command; /help lists them", text));
    ScriptTurn turn;
    turn.kind = ScriptTurn::Kind::reply;
    turn.text = text;
    view_->ours(turn);
    take(turn);
  }

  void prompt() { view_->prompt(); }

 private:
  void start(const std::string& by_text) {
    ScriptTurn turn;
    if (!by_text.empty()) turn.kind = ScriptTurn::Kind::start_text;
    turn.text = by_text;
    script_.turns.assign(1, std::move(turn));
    begin();
  }

  void begin() {
    rehearsal_ = rehearse(script_, flows_);
    const auto heard = server::play(*rehearsal_, script_.turns.front());
    view_->heard(heard);
    if (!rehearsal_->conversation()) view_->note("that text starts no flow; /start alone begins as by the API");
    after_turn(nullptr);
  }

  void take(const ScriptTurn& turn) {
    if (script_.turns.size() >= max_chat_turns) return view_->note("that is enough: a conversation has at most 1,000 turns here");
    const auto before = rehearsal_->conversation();
    script_.turns.push_back(turn);
    const auto heard = server::play(*rehearsal_, turn);
    if (before && turn.kind == ScriptTurn::Kind::reply) {
      for (const auto& note : reading_notes(flows_, *before, *rehearsal_, turn)) view_->detail(note);
    }
    view_->heard(heard);
    after_turn(before ? &*before : nullptr);
  }

  void after_turn(const engine::Conversation* before) {
    const auto now = rehearsal_->conversation();
    if (!now) return;
    const auto way = way_note(*flows_.front(), before, *now);
    if (!way.empty()) view_->detail(way);
    const auto timer = timer_note(flows_, *now, rehearsal_->now());
    if (!timer.empty()) view_->detail(timer);
    if (show_values_) show_values(*now);
  }

  void wait(const std::string& text) {
    const auto duration = flows::parse_duration(text);
    if (!duration) return view_->note("say how long: /wait 90s, /wait 15m, /wait 24h or /wait 3d");
    ScriptTurn turn;
    turn.kind = ScriptTurn::Kind::wait;
    turn.wait = *duration;
    take(turn);
    view_->note(fmt::format("-- it is now {}", flows::to_iso8601(rehearsal_->now())));
  }

  void set(const std::string& text) {
    const auto equals = text.find('=');
    if (equals == std::string::npos || equals == 0) return view_->note("say what: /set first_name=Ana");
    if (script_.turns.size() > 1) return view_->note("/set works before the first reply only, since it starts the conversation again");
    flows::assign(script_.contact, text.substr(0, equals), text.substr(equals + 1));
    begin();
  }

  void call(const std::string& text) {
    if (!rehearsal_->pending_call()) return view_->note("no call waits for an answer");
    ScriptTurn turn;
    turn.kind = ScriptTurn::Kind::call;
    const auto blank = text.find(' ');
    const auto number = text.substr(0, blank);
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), turn.status);
    const bool is_status = error == std::errc{} && end == number.data() + number.size() && turn.status >= 100 && turn.status <= 599;
    if (!is_status && text != "fail") return view_->note("say what it answers: /call 200 {\"price\": 120}, or /call fail");
    if (is_status && blank != std::string::npos) turn.body = text.substr(blank + 1);
    if (!turn.body.empty() && !nlohmann::json::accept(turn.body)) return view_->note("what stands behind the status is no JSON");
    take(turn);
  }

  // All but the last turn once more, unseen.
  void back() {
    if (script_.turns.size() < 2) return view_->note("there is nothing to take back");
    script_.turns.pop_back();
    rehearsal_ = rehearse(script_, flows_);
    Heard last;
    for (const auto& turn : script_.turns) last = server::play(*rehearsal_, turn);
    view_->note("-- one turn back");
    last.events.clear();
    view_->heard(last);
    after_turn(nullptr);
  }

  void toggle_values() {
    show_values_ = !show_values_;
    const auto now = rehearsal_->conversation();
    if (show_values_ && now) show_values(*now);
    if (!show_values_) view_->note("answers and variables are no longer shown");
  }

  void show_values(const engine::Conversation& now) {
    const auto notes = value_notes(now);
    for (const auto& note : notes) view_->note(note);
    if (notes.empty()) view_->note("no answers and no variables yet");
  }

  // Never over a file that is there.
  void save(const std::string& name) {
    const bool plain = !name.empty() && name.find_first_of("/\\") == std::string::npos && !name.starts_with(".");
    if (!plain) return view_->note("say under which name: /save leaking-roof");
    const auto file = fs::path(script_.flow).parent_path() / (name + ".test.json");
    if (fs::exists(file)) return view_->note(fmt::format("{} is there already", file.string()));
    auto script = script_;
    script.flow = fs::path(script_.flow).filename().string();
    auto test = to_json(script);
    test["outcome"] = nlohmann::ordered_json::object();
    const auto result = run_conversation_test(test.dump(), [this](const std::string&) { return flows_; });
    std::ofstream(file, std::ios::binary) << result.rewritten;
    view_->note(fmt::format("-- saved as {}", file.string()));
  }

  std::vector<flows::FlowPtr> flows_;
  std::unique_ptr<ChatView> view_;
  ConversationScript script_;
  std::unique_ptr<Rehearsal> rehearsal_;
  bool show_values_ = false;
};

std::unique_ptr<ChatView> view_for(const Command& command) {
  if (command.json) return json_chat_view();
  const bool terminal = ::isatty(STDOUT_FILENO) == 1 && ::isatty(STDIN_FILENO) == 1;
  return terminal ? phone_chat_view() : plain_chat_view();
}

}  // namespace

void add_chat(CLI::App& app, Command& command) {
  auto* verb = app.add_subcommand("chat", "Talk to a flow in the terminal: the same engine, in memory, on a clock that you move");
  const auto path = std::make_shared<std::string>();
  const auto by_text = std::make_shared<std::string>();
  verb->add_option("FLOW", *path, "Flow file")->required();
  verb->add_option("--start", *by_text, "The text that starts it, such as a keyword; without it the conversation starts as by the API");
  verb->callback([&command, path, by_text] {
    auto family = load_flow_family(*path, command.exit);
    if (family.empty()) return;
    Chat chat(std::move(family), *path, *by_text, view_for(command));
    std::string line;
    for (chat.prompt(); read_line(std::cin, line); chat.prompt()) {
      if (!line.empty()) chat.line(line);
    }
  });
}

}  // namespace answerback::server
