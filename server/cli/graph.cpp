#include <CLI/CLI.hpp>
#include <memory>

#include "flows/drawing.hpp"
#include "flows/graph.hpp"
#include "server/cli/cli.hpp"

namespace answerback::server {

void add_graph(CLI::App& app, Command& command) {
  struct Options {
    std::string flow;
    std::string format = "mermaid";
  };
  auto* verb = app.add_subcommand("graph", "Draw a flow");
  const auto options = std::make_shared<Options>();
  verb->add_option("FLOW", options->flow, "Flow file")->required();
  verb->add_option("--format", options->format, "mermaid")->check(CLI::IsMember({"mermaid"}));
  verb->callback([&command, options] {
    if (const auto flow = load_flow_file(options->flow, command.exit)) print_out(flows::to_mermaid(flows::draw(*flow)));
  });
}

}  // namespace answerback::server
