// Two revisions of a flow beside each other: what differs, and whether a conversation that waits in the one can go on in the other.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flows/flow.hpp"

namespace answerback::flows {

// One place whose content differs, as JSON; "" = not there.
struct Change {
  std::string pointer;  // RFC 6901, within the step or the flow: "/next/0/to"
  std::string before, after;
  bool text = false;    // a text that contacts read
  bool operator==(const Change&) const = default;
};
struct ChangedStep {
  std::string step;
  std::vector<Change> changes;
  bool operator==(const ChangedStep&) const = default;
};
struct Difference {
  std::vector<std::string> added, removed;  // steps, in the order of their file
  std::vector<ChangedStep> changed;
  std::vector<Change> around;               // outside the steps: triggers, defaults, anytime …
  bool empty() const { return added.empty() && removed.empty() && changed.empty() && around.empty(); }
};

// Both must be sources that load. The order of members and blanks make no difference.
Difference compare(std::string_view before, std::string_view after);

// For people: one line per step with what it had and has.
std::string to_text(const Difference& difference);

// Why what waits at `from` cannot go on at `to`, or nothing when it can: the same verb, a question of the same kind, the same
// subflow under the same name. `to` is null when there is no such step.
std::optional<std::string> why_no_image(const Step& from, const Step* to);

}  // namespace answerback::flows
