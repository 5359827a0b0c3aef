#include <catch2/catch.hpp>

#include <fstream>
#include <nlohmann/json.hpp>

#include "flows/phone/phone_table.hpp"
#include "flows/understand/name_case.hpp"
#include "flows/understand/postcode_forms.hpp"
#include "flows/understand/understand.hpp"
#include "tests/flows/flow_files.hpp"

namespace answerback::flows {
namespace {

using Rows = nlohmann::ordered_json;

Rows word_rows(const std::string& name) { return Rows::parse(std::ifstream(TESTS_DIR "/flows/data/understand_" + name + ".json")); }

Rows words_json(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* texts = std::get_if<std::vector<std::string>>(&value)) return *texts;
  return std::get<bool>(value);
}

Rows other_words(const Understood& found) {
  auto others = Rows::array();
  for (const auto& other : found.others) others.push_back(words_json(other));
  return others;
}

void check_words(const Understood& found, const Rows& row) {
  CHECK((found.value ? words_json(*found.value) : Rows()) == row["value"]);
  if (row.contains("sure")) CHECK(found.sure == row["sure"].get<bool>());
  if (row.contains("others")) CHECK(other_words(found) == row["others"]);
}

std::string piece_of(const std::string& reply, Span span) { return reply.substr(span.begin, span.end - span.begin); }

TEST_CASE("a name is taken out of what people write around it, in its letter case") {
  for (const auto& row : word_rows("name")) {
    const auto reply = row["reply"].get<std::string>();
    CAPTURE(reply);
    check_words(understand(ExpectName{}, reply, {{}, row.value("language", "en")}), row);
  }
}

TEST_CASE("media are the addresses that came with the reply, whatever it says") {
  for (const auto& row : word_rows("media")) {
    const auto media = row["media"].get<std::vector<std::string>>();
    CAPTURE(row.dump());
    ReplyContext context;
    context.media = media;
    check_words(understand(ExpectMedia{}, row["reply"].get<std::string>(), context), row);
  }
}

TEST_CASE("of an endless list of media the first twenty are taken") {
  std::vector<std::string> media;
  for (int i = 0; i < 30; ++i) media.push_back("https://media.example/" + std::to_string(i));
  ReplyContext context;
  context.media = media;
  const auto found = understand(ExpectMedia{}, "", context);
  REQUIRE(found.value);
  CHECK(std::get<std::vector<std::string>>(*found.value).size() == 20);
}

ExpectChoice choices_of(const Rows& list) {
  ExpectChoice expect;
  for (const auto& [key, synonyms] : list.items()) expect.choices.push_back({key, tests::cues(synonyms.get<std::vector<std::string>>())});
  return expect;
}

TEST_CASE("choices of any list are told apart, several named ones are offered back") {
  for (const auto& list : word_rows("choice_lists")) {
    const auto expect = choices_of(list["choices"]);
    for (const auto& row : list["rows"]) {
      const auto reply = row["reply"].get<std::string>();
      CAPTURE(reply, list["choices"].dump());
      check_words(understand(expect, reply, {{}, list.value("language", "en")}), row);
    }
  }
}

TEST_CASE("several e-mail addresses or phones are none of them, and are offered back") {
  const auto emails = understand(ExpectEmail{}, "ana@example.com or luis@example.com", {});
  CHECK_FALSE(emails.value);
  CHECK(other_words(emails) == Rows{"ana@example.com", "luis@example.com"});
  const auto phones = understand(ExpectPhone{}, "512 555 0142 or +44 20 7946 0958", {});
  CHECK_FALSE(phones.value);
  CHECK(other_words(phones) == Rows{"+15125550142", "+442079460958"});
}

TEST_CASE("an address's last postcode counts, the other digits could be meant as well") {
  const auto found = understand(ExpectPostcode{}, "12345 Main St, Austin TX 78701", {});
  CHECK(found.value == Value(std::string("78701")));
  CHECK(other_words(found) == Rows{"12345"});
  CHECK_FALSE(found.sure);
}

TEST_CASE("the span of words is what gave the value, in bytes of the reply as it came") {
  const auto span_in = [](const Expect& expect, const std::string& reply) { return piece_of(reply, understand(expect, reply, {}).span); };
  CHECK(span_in(ExpectYesNo{}, "Well, I don't think so.") == "I don't");
  CHECK(span_in(ExpectYesNo{}, "thanks, YES!") == "YES");
  CHECK(span_in(ExpectYesNo{}, "héhé 👍🏽") == "👍");
  CHECK(span_in(ExpectName{}, "Hi, my name is Ana López, thanks") == "Ana López");
  CHECK(span_in(ExpectEmail{}, "mail ana at example dot com please") == "ana at example dot com");
  CHECK(span_in(ExpectPhone{}, "call (512) 555-0142 after 5") == "(512) 555-0142");
  CHECK(span_in(ExpectPostcode{"GB"}, "it's sw1a 1aa thanks") == "sw1a 1aa");
}

TEST_CASE("a flow's language decides between languages that share a word") {
  CHECK(understand(ExpectYesNo{}, "sale", {{}, "es"}).value == Value(true));
  CHECK_FALSE(understand(ExpectYesNo{}, "la casa", {{}, "es"}).value);
  CHECK(understand(ExpectYesNo{}, "o", {{}, "fr"}).value == Value(true));
}

TEST_CASE("a number is in its numbering plan or a doubt") {
  CHECK(is_in_numbering_plan("+15125550142"));
  CHECK_FALSE(is_in_numbering_plan("+11125550142"));
  CHECK(is_in_numbering_plan("+442079460958"));
  CHECK(is_in_numbering_plan("+34612345678"));
  CHECK_FALSE(is_in_numbering_plan("+34012345678"));
  CHECK(is_in_numbering_plan("+4930123456"));
  CHECK_FALSE(is_in_numbering_plan("+999123456789"));
  CHECK_FALSE(is_in_numbering_plan("15125550142"));
  CHECK_FALSE(is_in_numbering_plan(""));
}

TEST_CASE("every letter case of a name becomes the one of its language") {
  CHECK(name_case("JEANNE D'ARC", "fr") == "Jeanne d'Arc");
  CHECK(name_case("maria d'angelo", "en") == "Maria D'Angelo");
  CHECK(name_case("ana\n lopez", "en") == "Ana Lopez");
  CHECK(name_case("ludwig VAN beethoven", "en") == "Ludwig VAN Beethoven");
  CHECK(name_case("MARÍA ÁNGELES", "es") == "María Ángeles");
}

TEST_CASE("a postcode has the shape of its country and no other") {
  CHECK(postcode_shapes("DE").empty());
  CHECK_FALSE(postcode_of("78701", "DDDDD-DDDD", "US"));
  CHECK(postcode_of("787011234", "DDDDD-DDDD", "US")->code == "78701-1234");
  CHECK_FALSE(understand(ExpectPostcode{"DE"}, "10115", {}).value);
}

}  // namespace
}  // namespace answerback::flows
