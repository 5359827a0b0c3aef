// A flow file with the flows that it runs: those are looked for beside it, as NAME.json.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "flows/flow.hpp"

namespace answerback::server {

// The flow first; nothing when it can't be loaded (its issues are printed and `exit` is set). One that it runs and that is not
// beside it is left out: running it fails there as it would on a server that does not have it.
std::vector<flows::FlowPtr> load_flow_family(const std::string& path, int& exit);

// Loads each file once, for threads that ask for the same ones.
class FlowShelf {
 public:
  std::vector<flows::FlowPtr> family(const std::string& path);
  // The file that a flow came from, "" when none did.
  std::string file_of(const flows::Flow& flow) const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::vector<flows::FlowPtr>> families_;
};

}  // namespace answerback::server
