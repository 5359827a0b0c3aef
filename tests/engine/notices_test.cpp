#include <catch2/catch.hpp>

#include "engine/decide/notices.hpp"
#include "flows/text/segments.hpp"

using namespace answerback;
using engine::Notice;

TEST_CASE("what we say about consent names the brand, fits one segment of GSM 7-bit, and says how to go on") {
  for (const auto* language : {"en", "fr", "es"}) {
    for (const auto what : {Notice::opted_out, Notice::opted_in, Notice::help}) {
      const auto text = engine::notice(what, "Acme Roofing Services", language);
      INFO(text);
      const auto segments = flows::count_segments(text);
      CHECK(segments.encoding == flows::Segments::Encoding::gsm7);
      CHECK(segments.count == 1);
      CHECK(text.starts_with("Acme Roofing Services"));
      const bool stops = text.find("STOP") != std::string::npos || text.find("ARRET") != std::string::npos;
      CHECK((what == Notice::opted_out ? text.find("START") != std::string::npos : stops));
    }
  }
}

TEST_CASE("a language we have no words in is answered in English") {
  CHECK(engine::notice(Notice::help, "Acme", "de") == engine::notice(Notice::help, "Acme", "en"));
}
