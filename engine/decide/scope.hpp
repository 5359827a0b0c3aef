// What the innermost running flow sees and sets: its own answers and variables (of a subflow they are kept under its prefix),
// the contact's fields, the brand. Renders its texts in the conversation's language.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/decide/turn.hpp"

namespace answerback::engine {

class Scope {
 public:
  // `turn` must have a running conversation and outlive this.
  explicit Scope(Turn& turn);

  // After a subflow has begun or ended.
  void refresh();

  const flows::FlowPtr& flow() const { return flow_; }    // null when its revision is gone
  std::string name(std::string_view own) const { return prefix_ + std::string(own); }
  const std::string& prefix() const { return prefix_; }
  std::string language() const;

  const flows::Value* value(const flows::Path& path) const;
  const flows::Value* contact_value(const std::string& name) const;
  flows::Lookup lookup() const;
  const flows::LocalClock& office() const;  // by which open hours are kept
  std::string text(const flows::Text& text) const;
  std::string wording(const flows::Wording& wording) const;

  void set(const flows::Path& path, flows::Value value);  // contact or vars
  void set_answer(std::string_view own, flows::Value value);
  void set_all(const std::vector<flows::Assignment>& assignments);
  // What an assignment gives; nothing set where a calculation cannot be worked out.
  flows::Value assigned(const flows::Assignment& assignment) const;

 private:
  std::optional<std::string> label_of(const flows::Path& path) const;
  Turn& turn_;
  flows::FlowPtr flow_;
  std::string prefix_;
  flows::Value phone_;
  flows::Value external_id_;
  flows::Value source_;
  flows::Value brand_;
  flows::Value open_;
};

// Takes away every value whose name begins with `prefix`.
void forget(flows::Values& values, std::string_view prefix);

}  // namespace answerback::engine
