#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "flows/check/checks.hpp"
#include "flows/text/text.hpp"
#include "flows/ways.hpp"

namespace answerback::flows {

namespace {

// Words of the STOP family that a text may offer: English, French, Spanish.
constexpr std::array<std::string_view, 4> ways_out{"stop", "arret", "alto", "baja"};

const Text* text_of(const Step& step) {
  if (const auto* say = std::get_if<Say>(&step.verb)) return &say->text.text;
  if (const auto* ask = std::get_if<Ask>(&step.verb)) return &ask->question.text;
  return nullptr;
}

// The steps whose text may be the first that a contact gets.
std::vector<StepIndex> first_texts(const Flow& flow) {
  std::vector<StepIndex> found;
  std::vector<bool> seen(flow.steps.size(), false);
  std::vector<StepIndex> open{flow.start};
  while (!open.empty()) {
    const auto index = open.back();
    open.pop_back();
    if (seen[index]) continue;
    seen[index] = true;
    const auto& step = flow.steps[index];
    if (text_of(step) != nullptr) {
      found.push_back(index);
      continue;
    }
    const auto next = steps_among(ways(step));
    open.insert(open.end(), next.begin(), next.end());
  }
  return found;
}

std::string fixed_words(const Text& text) {
  std::string fixed;
  for (const auto& piece : text.pieces) {
    const auto* literal = std::get_if<std::string>(&piece);
    fixed += literal != nullptr ? *literal : " ";
  }
  return " " + fold_words(fixed) + " ";
}

bool names_sender(const Flow& flow, const Text& text, const std::string& words) {
  const auto is_sender = [](const auto& piece) {
    const auto* placeholder = std::get_if<Placeholder>(&piece);
    return placeholder != nullptr && placeholder->path.root == Path::Root::sender;
  };
  if (std::any_of(text.pieces.begin(), text.pieces.end(), is_sender)) return true;
  return !flow.sender.empty() && words.find(" " + fold_words(flow.sender) + " ") != std::string::npos;
}

bool offers_way_out(const std::string& words) {
  return std::any_of(ways_out.begin(), ways_out.end(),
                     [&](std::string_view word) { return words.find(fmt::format(" {} ", word)) != std::string::npos; });
}

}  // namespace

void check_first_message(Loading& loading) {
  const auto& flow = loading.flow;
  for (const auto index : first_texts(flow)) {
    const auto part = loading.text_parts.find(index);
    if (part == loading.text_parts.end()) continue;
    const auto* text = text_of(flow.steps[index]);
    const auto words = fixed_words(*text);
    if (!names_sender(flow, *text, words)) {
      loading.warning(part->second, "first_message",
                      flow.sender.empty() ? "the first message names no sender, give one as \"sender\" and name it here"
                                          : fmt::format("the first message does not name \"{}\"", flow.sender));
    }
    if (offers_way_out(words)) continue;
    loading.warning(part->second, "first_message", "the first message does not say how to opt out: \"Reply STOP to opt out.\"");
  }
}

}  // namespace answerback::flows
