#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "server/cli/configured.hpp"
#include "server/cli/flow_family.hpp"
#include "server/cli/text_diff.hpp"
#include "server/clock.hpp"
#include "server/rehearsal/recorded_conversations.hpp"
#include "server/rehearsal/store_view.hpp"

namespace answerback::server {

namespace {

using ReplayJson = nlohmann::ordered_json;

struct ReplayOptions {
  std::string flow;
  std::string since;
  bool show_texts = false;
};

// "+1512*****42": enough to tell two apart, too little to write to.
std::string masked_phone(const std::string& phone) {
  constexpr std::size_t shown_before = 5, shown_behind = 2;
  if (phone.size() <= shown_before + shown_behind) return std::string(phone.size(), '*');
  return phone.substr(0, shown_before) + std::string(phone.size() - shown_before - shown_behind, '*') + phone.substr(phone.size() - shown_behind);
}

std::optional<engine::Instant> read_since(const std::string& text) {
  if (const auto at = flows::parse_iso8601(text)) return at;
  const auto ago = flows::parse_duration(text);
  return ago ? std::optional(SystemClock().now() - *ago) : std::nullopt;
}

std::string_view word_for(Divergence::What what) {
  constexpr std::string_view words[] = {"outcome", "answer", "text"};
  return words[static_cast<std::size_t>(what)];
}

class ReplayReport {
 public:
  ReplayReport(bool json, bool show_texts) : json_(json), show_texts_(show_texts) {}

  void add(const Recorded& recorded, const Replayed& replayed) {
    if (!replayed.not_compared.empty()) {
      ++not_compared_;
    } else {
      ++compared_;
    }
    if (!replayed.differences.empty()) ++different_;
    if (!replayed.stopped_at.empty()) ++stopped_;
    if (replayed.calls_guessed) ++guessed_;
    const bool worth_telling = !replayed.differences.empty() || !replayed.not_compared.empty() || !replayed.stopped_at.empty();
    if (worth_telling) json_ ? add_json(recorded, replayed) : print(recorded, replayed);
  }

  // True when something would differ.
  bool finish(const std::string& flow) {
    if (json_) {
      print_out(ReplayJson{{"flow", flow}, {"compared", compared_}, {"different", different_}, {"compared_up_to_a_call", stopped_},
                           {"answers_of_calls_guessed", guessed_}, {"not_compared", not_compared_}, {"conversations", conversations_}}.dump(2) + "\n");
      return different_ > 0;
    }
    print_out(fmt::format("{} of {} conversations would differ\n", different_, compared_));
    if (not_compared_ > 0) print_out(fmt::format("{} were not compared\n", not_compared_));
    if (stopped_ > 0) print_out(fmt::format("{} were compared up to a call whose answer is not known\n", stopped_));
    if (guessed_ > 0) print_out(fmt::format("{} took the answers of their calls from the values that they ended with\n", guessed_));
    return different_ > 0;
  }

 private:
  // What people wrote and were told is shown only when asked for.
  bool shows(const Divergence& difference) const { return show_texts_ || difference.what == Divergence::What::outcome; }

  void print(const Recorded& recorded, const Replayed& replayed) const {
    print_out(fmt::format("{} {}\n", engine::to_string(recorded.conversation.id), masked_phone(recorded.contact.phone)));
    if (!replayed.not_compared.empty()) print_out(fmt::format("  not compared: {}\n", replayed.not_compared));
    for (const auto& difference : replayed.differences) {
      print_out(fmt::format("  {} {}\n", word_for(difference.what), difference.name));
      if (!shows(difference)) continue;
      for (const auto& line : text_diff({difference.was}, {difference.would_be})) print_out("    " + line + "\n");
    }
    if (!replayed.stopped_at.empty()) print_out(fmt::format("  compared up to the call of the step {}\n", replayed.stopped_at));
  }

  void add_json(const Recorded& recorded, const Replayed& replayed) {
    auto differences = ReplayJson::array();
    for (const auto& difference : replayed.differences) {
      ReplayJson one{{"what", word_for(difference.what)}, {"name", difference.name}};
      if (shows(difference)) one.update({{"was", difference.was}, {"would_be", difference.would_be}});
      differences.push_back(std::move(one));
    }
    conversations_.push_back({{"id", engine::to_string(recorded.conversation.id)},
                              {"phone", masked_phone(recorded.contact.phone)},
                              {"differences", std::move(differences)},
                              {"not_compared", replayed.not_compared},
                              {"compared_up_to_the_call", replayed.stopped_at}});
  }

  bool json_, show_texts_;
  std::size_t compared_ = 0, different_ = 0, not_compared_ = 0, stopped_ = 0, guessed_ = 0;
  ReplayJson conversations_ = ReplayJson::array();
};

// Flows that are run and are not beside the file come from the store, as a server would run them.
void add_from_store(storage::Store& store, std::vector<flows::FlowPtr>& family) {
  for (std::size_t i = 0; i < family.size(); ++i) {
    const auto member = family[i];
    for (const auto& step : member->steps) {
      const auto* run = std::get_if<flows::Run>(&step.verb);
      const bool known = !run || std::any_of(family.begin(), family.end(), [&](const auto& one) { return one->name == run->flow; });
      const auto found = known ? std::nullopt : store.find_flow(run->flow, std::nullopt);
      auto flow = found ? load_flow_text(found->source).flow : nullptr;
      if (flow) family.push_back(std::move(flow));
    }
  }
}

void replay_all(const ReplayOptions& options, const Config& config, Command& command) {
  const auto since = read_since(options.since);
  if (!since) {
    print_err("answerback: --since takes a time like 2026-03-02T15:00:00Z, or how long ago: 24h, 30d");
    command.exit = exit_usage;
    return;
  }
  auto family = load_flow_family(options.flow, command.exit);
  if (family.empty()) return;
  try {
    const auto store = open_store_view(config.data_folder());
    add_from_store(*store, family);
    ReplayReport report(command.json, options.show_texts);
    visit_recorded(*store, family.front()->name, *since,
                   [&](const Recorded& recorded) { report.add(recorded, replay(recorded, family, {config.engine, config.zone})); });
    if (report.finish(family.front()->name)) command.exit = exit_failure;
  } catch (const storage::StoreError& error) {
    print_err(fmt::format("answerback: {}", error.what()));
    command.exit = exit_failure;
  }
}

}  // namespace

void add_replay(CLI::App& app, Command& command) {
  auto* verb = app.add_subcommand("replay", "Run past conversations once more through a flow file, and name those that would go otherwise");
  const auto options = std::make_shared<ReplayOptions>();
  verb->add_option("FLOW", options->flow, "Flow file: the revision to try")->required();
  verb->add_option("--since", options->since, "Of conversations that began since then: 2026-03-02T15:00:00Z, or 30d")->required();
  verb->add_flag("--show-texts", options->show_texts, "Show the texts and answers that differ, not only where they do");
  add_config_options(*verb, command);
  verb->callback([&command, options] {
    if (const auto config = configured(command)) replay_all(*options, *config, command);
  });
}

}  // namespace answerback::server
