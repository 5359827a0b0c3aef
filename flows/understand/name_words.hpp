// What people write around a name in English, Spanish and French, as data: folded, short forms written out.
#pragma once

#include <span>
#include <string_view>

namespace answerback::flows {

struct Introduction {
  std::string_view words;
  bool strong;  // "my name is": a name follows, whatever it looks like; "I am" is followed by anything
};

std::span<const Introduction> introductions();
std::span<const std::string_view> closings();      // behind the name: "here", "is my name"
std::span<const std::string_view> pleasantries();  // before and behind: "hi", "sure", "thanks"

bool ends_name(std::string_view word);      // "from", "and": a name goes no further
bool is_particle(std::string_view word);    // "de", "van": inside a name, written small
bool is_title(std::string_view word);       // "dr", "mme"
bool is_suffix(std::string_view word);      // "jr", "iii"
bool is_no_name(std::string_view word);     // "sure", "busy", "who": words that answer something else

}  // namespace answerback::flows
