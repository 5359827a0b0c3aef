// Everything worth trying at a moment of a conversation, and what makes two moments alike for all that can follow.
#pragma once

#include <string>
#include <vector>

#include "server/rehearsal/generate/ideas.hpp"
#include "server/rehearsal/generate/scene.hpp"

namespace answerback::server {

class Moves {
 public:
  // `stage` outlives this.
  explicit Moves(const Stage& stage);

  // Good replies first, then what goes wrong, then silence.
  std::vector<ScriptTurn> at(const Scene& scene) const;

  // The same text for scenes from which the same branches can be reached: the step, what is waited for there, and which of the
  // flow's comparisons hold, and until when it will pause.
  std::string key_of(const Scene& scene) const;

  // Sets of contact fields to begin with, the one without any first.
  std::vector<engine::Values> beginnings() const;

 private:
  void add_replies(const Scene& scene, const flows::Ask& ask, std::vector<ScriptTurn>& turns) const;
  void add_ideas(const Scene& scene, const flows::Expect& expect, const std::string& answer, std::vector<ScriptTurn>& turns) const;
  void add_meanwhile(const Scene& scene, const flows::Wait::Listening& listening, std::vector<ScriptTurn>& turns) const;
  void add_call(const Scene& scene, const flows::Call& call, std::vector<ScriptTurn>& turns) const;
  void add_phrases(const Scene& scene, std::vector<ScriptTurn>& turns) const;

  const Stage& stage_;
  std::vector<const flows::Comparison*> comparisons_;
  std::vector<flows::Path> awaited_, calculated_;  // whose values pauses last until
};

}  // namespace answerback::server
