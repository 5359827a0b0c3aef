// A terminal as a phone: what the contact writes in bubbles on the right, what the bot writes on the left, notes in between.
// Without colour under NO_COLOR, and with plain letters and no cursor movement on a dumb terminal.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace answerback::server {

struct ScreenLook {
  std::size_t width = 80;   // columns
  bool colour = true;
  bool dumb = false;
};

// As the terminal at stdout says: its size, NO_COLOR, TERM.
ScreenLook look_of_terminal();

class PhoneScreen {
 public:
  explicit PhoneScreen(ScreenLook look) : look_(look) {}

  // Each returns whole lines.
  std::string theirs(std::string_view text) const;                       // the bot's
  std::string ours(std::string_view text) const;                         // the contact's, typed at the prompt just before
  std::string note(std::string_view text) const;
  std::string outcome(std::string_view text) const;
  std::string prompt() const { return "> "; }

 private:
  std::string bubble(std::string_view text, bool right) const;
  std::string dyed(std::string_view text, std::string_view code) const;

  ScreenLook look_;
};

// Lines of at most `width` columns, broken at blanks where there are any. Line ends in the text stay.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

// How many columns a text takes: East Asian wide characters and emoji take two, marks that join take none.
std::size_t columns_of(std::string_view text);

}  // namespace answerback::server
