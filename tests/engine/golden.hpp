// Compares a rendering with the file beside the tests that pins it.
#pragma once

#include <array>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

namespace answerback::tests {

inline std::string golden(const std::string& name) {
  std::ifstream file(std::string(TESTS_DIR) + "/golden/" + name);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// A Markdown table, states down, signals across; `cell(state, signal)` gives the text of one field.
template <typename State, typename Signal, std::size_t states, std::size_t signals, typename Cell>
std::string matrix(const std::array<State, states>& all_states, const std::array<Signal, signals>& all_signals, Cell cell) {
  std::string text = "| |";
  for (const auto signal : all_signals) text += " " + std::string(to_string(signal)) + " |";
  text += "\n|---|";
  for (std::size_t i = 0; i < signals; ++i) text += "---|";
  for (const auto state : all_states) {
    text += "\n| **" + std::string(to_string(state)) + "** |";
    for (const auto signal : all_signals) text += " " + std::string(cell(state, signal)) + " |";
  }
  return text + "\n";
}

}  // namespace answerback::tests
