#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "engine/incoming/automatic_forms.hpp"
#include "engine/incoming/incoming.hpp"
#include "flows/text/code_points.hpp"
#include "flows/text/text.hpp"
#include "flows/text/words.hpp"

namespace answerback::engine {

namespace {

constexpr std::size_t max_looked_at = 1'600;   // characters; machines say so near their beginning
constexpr std::size_t shortest_form_bytes = 8;  // no form is shorter

// Forms by the byte that they begin with: each word of a text is compared with a few of them, most with none.
class Forms {
 public:
  explicit Forms(std::span<const std::string_view> forms) {
    for (const auto form : forms) by_first_[static_cast<unsigned char>(form.front())].push_back(form);
  }
  // Does one of them, in whole words, begin `words`?
  bool begin(std::string_view words) const {
    if (words.empty()) return false;
    const auto& near = by_first_[static_cast<unsigned char>(words.front())];
    return std::any_of(near.begin(), near.end(), [&](std::string_view form) {
      return words.starts_with(form) && (words.size() == form.size() || words[form.size()] == ' ');
    });
  }
  // Or stand anywhere in it?
  bool are_in(std::string_view words) const {
    for (;;) {
      if (begin(words)) return true;
      const auto space = words.find(' ');
      if (space == std::string_view::npos) return false;
      words.remove_prefix(space + 1);
    }
  }

 private:
  std::array<std::vector<std::string_view>, 256> by_first_;
};

}  // namespace

Automatic is_automatic(std::string_view text, std::string_view words) {
  if (text.size() < shortest_form_bytes) return Automatic::no;
  std::string beginning;
  if (text.size() > max_looked_at) words = beginning = flows::fold_words(flows::first_characters(text, max_looked_at));
  if (flows::is_one_of(words, automatic_wholes())) return Automatic::perhaps;
  static const Forms openings(automatic_openings());
  static const Forms phrases(automatic_phrases());
  return openings.begin(words) || phrases.are_in(words) ? Automatic::yes : Automatic::no;
}

}  // namespace answerback::engine
