// What `chat` and `test` show: bubbles within the terminal's width, and where two texts part.
#include <catch2/catch.hpp>

#include "flows/text/text.hpp"
#include "server/cli/chat_notes.hpp"
#include "server/cli/phone_screen.hpp"
#include "server/cli/text_diff.hpp"
#include "tests/server/office.hpp"

using namespace answerback;
using namespace answerback::tests;
using TextLines = std::vector<std::string>;

namespace {

TextLines lines_of(const std::string& text) {
  TextLines lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = text.find('\n', begin);
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

constexpr server::ScreenLook dumb_terminal{40, false, true};

}  // namespace

TEST_CASE("the bot's texts stand left, the contact's right, both within the width") {
  const server::PhoneScreen screen(dumb_terminal);
  CHECK(lines_of(screen.theirs("Hi")) == TextLines{"+----+", "| Hi |", "+----+"});
  CHECK(lines_of(screen.ours("Hi")) == TextLines{std::string(34, ' ') + "+----+", std::string(34, ' ') + "| Hi |", std::string(34, ' ') + "+----+"});
  for (const auto& line : lines_of(screen.ours(std::string(500, 'x') + " and a half"))) CHECK(server::columns_of(line) <= 40);
}

TEST_CASE("NO_COLOR keeps the frame and leaves the colours; a dumb terminal gets dumb_terminal letters and no cursor movement") {
  const std::string in_colour = server::PhoneScreen({40, true, false}).ours("Hi");
  CHECK(in_colour.find("\x1b[32m") != std::string::npos);
  const std::string without = server::PhoneScreen({40, false, false}).ours("Hi");
  CHECK(without.find("m╭") == std::string::npos);
  CHECK(without.find("╭") != std::string::npos);
  CHECK(server::PhoneScreen(dumb_terminal).ours("Hi").find('\x1b') == std::string::npos);
}

TEST_CASE("long words are cut, line ends stay, and wide characters take two columns") {
  CHECK(server::wrapped("one two three", 7) == TextLines{"one two", "three"});
  CHECK(server::wrapped("abcdefgh", 3) == TextLines{"abc", "def", "gh"});
  CHECK(server::wrapped("a\n\nb", 9) == TextLines{"a", "", "b"});
  CHECK(server::columns_of("né") == 2);
  CHECK(server::columns_of("日本") == 4);
  CHECK(server::wrapped("日本語", 4) == TextLines{"日本", "語"});
  CHECK(server::wrapped("\xff\xfe", 1).size() == 2);
}

TEST_CASE("what is alike stands once, what differs is paired with a pointer to where it parts") {
  CHECK(server::text_diff({"a", "b"}, {"a", "b"}) == TextLines{"  a", "  b"});
  CHECK(server::text_diff({"Hello Ana"}, {"Hello Ben"}) == TextLines{"- Hello Ana", "+ Hello Ben", "        ^"});
  CHECK(server::text_diff({"Héllo Ana"}, {"Héllo Ben"}).back() == "        ^");
  CHECK(server::text_diff({"x"}, {"y"}) == TextLines{"- x", "+ y"});
  CHECK(server::text_diff({"one", "two", "three"}, {"one", "three"}) == TextLines{"  one", "- two", "  three"});
  CHECK(server::text_diff({}, {"new"}) == TextLines{"+ new"});
  CHECK(server::text_diff({}, {}).empty());
}

TEST_CASE("more lines than are worth aligning are set side by side") {
  const TextLines many(201, "same");
  CHECK(server::text_diff(many, many) == TextLines(201, "  same"));
  CHECK(server::text_diff(many, TextLines(201, "other")).size() == 402);
}

TEST_CASE("chat says how a reply was read, where it led and what it waits for") {
  const std::vector<flows::FlowPtr> flow{example_flow("roof-estimate")};
  server::Rehearsal rehearsal(flow.front(), {}, server::usual_start);
  rehearsal.start();
  auto before = *rehearsal.conversation();
  CHECK(server::timer_note(flow, before, rehearsal.now()) == "in 1h: a reminder");
  server::ScriptTurn reply;
  reply.kind = server::ScriptTurn::Kind::reply;
  reply.text = "fix";
  server::play(rehearsal, reply);
  CHECK(server::reading_notes(flow, before, rehearsal, reply) == TextLines{R"(service = "repair", sure, from "fix", by a synonym)"});
  CHECK(server::way_note(*flow.front(), &before, *rehearsal.conversation()) == "service -> age");
  before = *rehearsal.conversation();
  reply.text = "no idea";
  server::play(rehearsal, reply);
  CHECK(server::reading_notes(flow, before, rehearsal, reply) == TextLines{"not understood as number (1 of 3 tries)"});
  CHECK(server::value_notes(*rehearsal.conversation()) == TextLines{R"(answers.service = "repair")"});
  before = *rehearsal.conversation();
  reply.text = "agent";
  server::play(rehearsal, reply);
  CHECK(server::reading_notes(flow, before, rehearsal, reply) == TextLines{"said at any time, not as an answer"});
}

TEST_CASE("a text's price is told with the character that makes it dear") {
  CHECK(server::segments_note("Hi") == "1 segment, 2 GSM-7 characters");
  CHECK(server::segments_note("Hi “you”") == "1 segment, 8 UCS-2 units, because of \"“\"");
}
