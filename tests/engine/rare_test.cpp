#include "engine/rare.hpp"

#include <catch2/catch.hpp>

#include <string>

namespace answerback::engine {
namespace {

using Note = Rare<std::string>;

TEST_CASE("a rare value is its owner's alone: a copy changes nothing of where it came from") {
  Note first = std::string("a note");
  Note second = first;
  *second += " and more";
  CHECK(*first == "a note");
  CHECK(*second == "a note and more");
  second = first;
  CHECK(second == first);
  second.reset();
  CHECK(!second);
  CHECK(*first == "a note");
}

TEST_CASE("two rare values are the same when neither is there or both say the same") {
  CHECK(Note() == Note());
  CHECK(Note(std::string("x")) == Note(std::string("x")));
  CHECK_FALSE(Note(std::string("x")) == Note(std::string("y")));
  CHECK_FALSE(Note(std::string("")) == Note());
}

}  // namespace
}  // namespace answerback::engine
