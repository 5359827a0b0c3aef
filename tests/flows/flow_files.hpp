// Flow files of the examples and the tests, and consent words few enough to read at a glance.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "flows/load/load.hpp"

namespace answerback::tests {

std::string read_text_file(const std::filesystem::path& path);

// The files with that ending, by name.
std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder, const std::string& ending);

std::vector<std::filesystem::path> example_flows();
std::vector<std::filesystem::path> broken_flows();

// The flow that the text holds; fails the test when it has errors.
flows::FlowPtr load(const std::string& source);

// Synonyms and phrases that count in every language.
std::vector<flows::Cue> cues(const std::vector<std::string>& written);

// STOP, END, CANCEL and QUIT; START; HELP and INFO.
flows::FlowLimits limits_with_reserved_words();

// A flow of `steps` questions in a row, each with choices, a condition and texts with placeholders.
std::string long_flow(std::size_t steps);

}  // namespace answerback::tests
