// Any fields as Twilio's forms: they are read without harm, only what was signed with the token fits, and TwiML stays one
// Message per text.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "server/carriers/twilio.hpp"
#include "server/http/form.hpp"
#include "webhooks/crypto.hpp"

namespace {

std::size_t occurrences(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace answerback::server;
  const std::string body(data, data + size);
  const auto parsed = parse_form(body);
  const auto* form = std::get_if<Form>(&parsed);
  if (form == nullptr) return 0;
  const auto inbound = read_twilio_inbound(*form);
  if (inbound.media.size() > 10) std::abort();
  read_twilio_status(*form);
  const auto answer = twiml({inbound.text, inbound.from});
  if (occurrences(answer, "<Message>") != 2 || occurrences(answer, "</Message>") != 2 || occurrences(answer, "<") != 7) std::abort();
  const std::string url = "https://bot.example.org/v1/inbound/twilio";
  if (twilio_signature_fits("12345", url, *form, body) || twilio_signature_fits("", url, *form, body)) std::abort();
  return 0;
}
