#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "flows/drawing/graph.hpp"
#include "flows/revisions.hpp"
#include "server/api/revision_json.hpp"
#include "server/cli/cli.hpp"
#include "server/rehearsal/store_view.hpp"

namespace answerback::server {

namespace {

using GraphJson = nlohmann::ordered_json;

struct GraphOptions {
  std::string flow;
  std::string format = "mermaid";
  std::string other;     // the revision before, a file
  std::string folder;    // of a store
  std::uint32_t revision = 0;
};

std::string drawn(const flows::Drawing& drawing, const std::string& format) {
  if (format == "dot") return flows::to_dot(drawing);
  return format == "svg" ? flows::to_svg(drawing) : flows::to_mermaid(drawing);
}

void draw_one(const GraphOptions& options, Command& command) {
  const auto flow = load_flow_file(options.flow, command.exit);
  if (flow) print_out(drawn(flows::draw(*flow), options.format));
}

void draw_difference(const GraphOptions& options, Command& command) {
  const auto after = load_flow_file(options.flow, command.exit);
  const auto before = load_flow_file(options.other, command.exit);
  if (!after || !before) return;
  std::string after_source, before_source;
  read_whole_file(options.flow, after_source);
  read_whole_file(options.other, before_source);
  const auto difference = flows::compare(before_source, after_source);
  if (command.json) return print_out(server::to_json(difference).dump(2) + "\n");
  if (options.format == "text") return print_out(flows::to_text(difference));
  std::vector<std::string> changed;
  for (const auto& step : difference.changed) changed.push_back(step.step);
  print_out(drawn(flows::draw_difference(*before, *after, changed), options.format));
}

GraphJson traffic_json(const flows::Flow& flow, std::uint32_t revision, const flows::Traffic& traffic) {
  auto steps = GraphJson::array();
  for (std::size_t i = 0; i < flow.steps.size(); ++i) {
    const auto& one = traffic.steps()[i];
    auto ways = GraphJson::array();
    const auto exits = flows::exits(flow.steps[i]);
    for (const auto& [exit, count] : one.exits) {
      const auto label = exit < exits.size() ? flows::exit_label(flow.steps[i], exits[exit])
                         : exit < flows::exit_outside && exit >= flows::exit_anytime ? "at any time"
                         : exit == flows::exit_end                                   ? "outcome"
                         : exit == flows::exit_error                                 ? "flow_error"
                                                                                     : "from outside";
      ways.push_back({{"exit", exit}, {"label", label}, {"count", count}});
    }
    steps.push_back({{"step", flow.steps[i].name},
                     {"entered", one.entered()},
                     {"passed", one.passed},
                     {"waiting", one.waiting},
                     {"ended", {{"completed", one.ended[0]}, {"bailed", one.ended[1]}, {"discarded", one.ended[2]}}},
                     {"exits", ways}});
  }
  return {{"flow", flow.name}, {"revision", revision}, {"conversations", traffic.conversations()}, {"not_placed", traffic.lost()}, {"steps", steps}};
}

// Of a flow file only the name counts here: what is drawn is what was published.
std::string flow_name(const GraphOptions& options, Command& command) {
  if (!std::filesystem::exists(options.flow)) return options.flow;
  const auto flow = load_flow_file(options.flow, command.exit);
  return flow ? flow->name : std::string();
}

void draw_traffic(const GraphOptions& options, Command& command) {
  const auto name = flow_name(options, command);
  if (name.empty()) return;
  const auto store = open_store_view(options.folder);
  const auto found = store->find_flow(name, options.revision == 0 ? std::nullopt : std::optional(options.revision));
  const auto flow = found ? load_flow_text(found->source).flow : nullptr;
  if (!flow) {
    print_err(fmt::format("answerback: the store has no such revision of {}", name));
    command.exit = exit_not_found;
    return;
  }
  const auto traffic = traffic_of(*store, *flow, found->revision);
  if (command.json) return print_out(traffic_json(*flow, found->revision, traffic).dump(2) + "\n");
  auto drawing = flows::draw(*flow);
  flows::add_counts(drawing, traffic);
  print_out(drawn(drawing, options.format));
  if (traffic.lost() > 0) print_err(fmt::format("answerback: {} of {} conversations are beyond what a trail keeps", traffic.lost(), traffic.conversations()));
}

void graph(const GraphOptions& options, Command& command) {
  try {
    if (!options.folder.empty()) return draw_traffic(options, command);
    options.other.empty() ? draw_one(options, command) : draw_difference(options, command);
  } catch (const storage::StoreError& error) {
    print_err(fmt::format("answerback: {}", error.what()));
    command.exit = exit_failure;
  }
}

}  // namespace

void add_graph(CLI::App& app, Command& command) {
  auto* verb = app.add_subcommand("graph", "Draw a flow: as it is, compared with another revision, or with the counts of a store");
  const auto options = std::make_shared<GraphOptions>();
  verb->add_option("FLOW", options->flow, "Flow file; with --data the name will do")->required();
  verb->add_option("--format", options->format, "mermaid, dot, svg; text for --diff")->check(CLI::IsMember({"mermaid", "dot", "svg", "text"}));
  auto* other = verb->add_option("--diff", options->other, "The flow file as it was before: what is new, gone and changed is marked");
  auto* folder = verb->add_option("--data", options->folder, "Data folder of a server, running or not: how many came where");
  verb->add_option("--revision", options->revision, "Of the store's revisions this one instead of the latest")->needs(folder)->check(CLI::Range(1, 1'000'000'000));
  folder->excludes(other);
  verb->callback([&command, options] {
    if (options->format == "text" && options->other.empty()) {
      print_err("answerback: --format text is for --diff");
      command.exit = exit_usage;
      return;
    }
    graph(*options, command);
  });
}

}  // namespace answerback::server
