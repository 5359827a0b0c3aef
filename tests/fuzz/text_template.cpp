// Any bytes as a message text: what parses renders, with every value and with none, and problems point into the text.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "flows/text/text_template.hpp"

using namespace answerback::flows;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view source(reinterpret_cast<const char*>(data), size);
  std::vector<TemplateProblem> problems;
  const auto text = parse_text(source, problems);
  for (const auto& problem : problems) {
    if (problem.offset > size || problem.message.empty()) std::abort();
  }
  if (!problems.empty()) return 0;
  const Value values[] = {Value{}, true, std::int64_t{-12}, 2.5, std::string(source), std::string("2026-03-02T15:00:00-06:00"),
                          std::vector<std::string>{"a", "b"}};
  for (const auto& value : values) render(text, [&](const Path&) { return &value; });
  const auto plain = render(text, [](const Path&) { return nullptr; });
  if (source.find("{{") == std::string_view::npos && plain != source) std::abort();
  return 0;
}
