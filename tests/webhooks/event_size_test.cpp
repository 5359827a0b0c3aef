// However much people and flows put into it, an event stays under 256 KiB and says when something was left out.
#include "webhooks/event_size.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "flows/text/text.hpp"
#include "webhooks/event.hpp"
#include "webhooks/event_examples.hpp"
#include "webhooks/event_members.hpp"
#include "webhooks/subscription.hpp"

using namespace answerback;
using namespace answerback::webhooks;
using engine::Event;
using nlohmann::json;

namespace {

// The limits of flows and texts that there are.
constexpr std::size_t max_text_characters = 10'000;
constexpr std::size_t many = 70;          // more than the last room leaves
constexpr std::size_t many_fields = 400;  // those of several requests
constexpr std::size_t max_name_bytes = 64;
constexpr std::size_t max_depth = 8;

std::string repeated(std::string_view what, std::size_t times) {
  std::string text;
  while (times-- > 0) text += what;
  return text;
}

std::string name(std::size_t number) {
  auto text = std::to_string(number);
  return "n" + std::string(max_name_bytes - 1 - text.size(), '0') + text;
}

// Each in another subflow of subflows, as deep as they run.
std::string deep_name(std::size_t number) {
  std::string text;
  for (std::size_t depth = 0; depth < max_depth; ++depth) text += name(number + depth) + ".";
  return text + name(number);
}

flows::Values many_values(const std::string& text, std::size_t count, bool deep) {
  flows::Values values;
  for (std::size_t i = 0; i < count; ++i) {
    flows::Value value = i % 2 == 0 ? flows::Value(text) : flows::Value(std::vector<std::string>(3, text.substr(0, 2'048)));
    values.emplace_back(deep ? deep_name(i) : name(i), std::move(value));
  }
  return values;
}

engine::Message long_message(const std::string& text) {
  engine::Message message;
  message.id = {{7}, 1, 1};
  message.text = text;
  message.media = std::vector<std::string>(10, std::string(2'048, 'u'));
  message.error = std::string(200, '"');
  return message;
}

engine::Conversation longest_conversation(engine::Life life, const std::string& text) {
  engine::Conversation conversation;
  conversation.id = {{7}, 1};
  conversation.flow = name(1);
  conversation.life = life;
  conversation.reason = conversation.is_over() ? name(2) : "";
  conversation.trigger = {engine::Trigger::Kind::campaign, std::string(200, '"')};
  conversation.messages_in = many;
  for (std::size_t i = 0; i < many; ++i) {
    conversation.interactions.push_back({deep_name(i), deep_name(i), text.substr(0, 6'400), text.substr(0, i % 10 == 0 ? text.size() : 6'400), text.substr(0, 6'400), 1, {}, {}, true, text.substr(0, 400)});
    conversation.splits.emplace_back(deep_name(i), name(i));
  }
  conversation.answers = many_values(text.substr(0, 6'400), many, true);
  conversation.vars = conversation.answers;
  conversation.phrase = text.substr(0, 400);
  conversation.left = engine::LeftQuestion{deep_name(1), text.substr(0, 6'400), {}, std::vector<engine::Misunderstood>(5, {text.substr(0, 500), "not_understood", {}})};
  return conversation;
}

// Of a type, with everything in it that may be, at its largest. Texts are of such characters.
Event largest(Event::Type type, std::string_view character) {
  const auto text = repeated(character, max_text_characters);
  Event event;
  event.type = type;
  event.id = {{7}, 3};
  event.contact.key = {7};
  event.contact.phone = "+15125550142";
  event.contact.external_id = event.contact.source = repeated(character, 128 / character.size());
  event.contact.fields = many_values(text.substr(0, 1'000), many_fields, false);
  event.campaign = engine::CampaignKey{3};
  event.note = event.detail = text.substr(0, 2'000);
  event.title = repeated(character, 400 / character.size());
  event.last_step = deep_name(1);
  const std::string type_name(engine::to_string(type));
  const bool ended = type_name == "conversation.completed" || type_name == "conversation.bailed" || type_name == "conversation.discarded";
  const auto life = type_name == "conversation.completed" ? engine::Life::completed : type_name == "conversation.bailed" ? engine::Life::bailed : engine::Life::discarded;
  if (!type_name.starts_with("message.")) event.conversation = longest_conversation(ended ? life : engine::Life::waiting, text);
  if (type_name.starts_with("message.")) event.message = long_message(text);
  if (type == Event::Type::conversation_bailed) event.transcript = std::vector<engine::Message>(50, long_message(text));
  if (type == Event::Type::contact_updated) event.previous = event.contact, event.previous->fields = many_values(repeated("b", 1'000), many_fields, false);
  if (type_name.starts_with("contact.opted")) {
    event.consent.emplace();
    event.consent->text = event.consent->evidence = text;
    event.consent->keyword = text.substr(0, 1'600);
  }
  return event;
}

std::string long_campaign_name(engine::CampaignKey) { return std::string(200, '"'); }

constexpr auto first_type = static_cast<std::uint8_t>(Event::Type::contact_created);
constexpr auto last_type = static_cast<std::uint8_t>(Event::Type::message_failed);

}  // namespace

TEST_CASE("the largest event of every type stays under 256 KiB and says that something was left out", "[size]") {
  for (const std::string_view character : {"a", "\x01"}) {
    for (auto type = first_type; type <= last_type; ++type) {
      const auto event = largest(static_cast<Event::Type>(type), character);
      INFO(engine::to_string(event.type) << " of " << static_cast<int>(static_cast<unsigned char>(character[0])));
      const auto body = render(event, long_campaign_name).body;
      CHECK(body.size() < 262'144);
      const auto data = json::parse(body).at("data");
      if (event.type == Event::Type::contact_erased) continue;
      CHECK(data.at("truncated") == true);
      if (event.type == Event::Type::conversation_bailed) CHECK(data.at("handover").at("truncated") == true);
      CHECK(data.at("contact").at("phone") == "+15125550142");
    }
  }
}

TEST_CASE("of an event that is too large by its transcript alone only the transcript is shortened") {
  auto event = largest(Event::Type::conversation_bailed, "a");
  event.contact.fields.clear();
  event.conversation->interactions.resize(30);
  event.conversation->answers.clear();
  event.conversation->vars.clear();
  event.conversation->splits.clear();
  for (auto& one : event.conversation->interactions) one.reply.resize(4'500), one.value = std::monostate{}, one.question.resize(1'000);
  for (auto& line : event.transcript) line.media.clear();
  for (std::size_t i = 0; i < event.transcript.size(); ++i) event.transcript[i].id.number = static_cast<std::uint32_t>(i + 1);
  const auto data = json::parse(render(event, long_campaign_name).body).at("data");
  CHECK(data["truncated"] == true);
  REQUIRE(data["handover"]["transcript"].size() == 20);
  CHECK(data["handover"]["transcript"].back()["id"] == engine::to_string(engine::MessageId{{7}, 1, 50}));
  REQUIRE(data["interactions"].size() == 30);
  CHECK(data["interactions"][0]["reply"].get<std::string>().size() == 4'500);
}

TEST_CASE("texts are cut between characters, and an event that fits is left alone") {
  const auto cut = shortened(largest(Event::Type::conversation_completed, "😀"), rooms[3]);
  CHECK(flows::is_valid_utf8(cut.conversation->interactions.at(0).reply));
  CHECK(cut.conversation->interactions.size() == rooms[3].interactions);
  CHECK(cut.conversation->answers.size() == rooms[3].values);
  for (const auto& type : event_types()) CHECK(example_event(type)->body.find(R"("truncated":true)") == std::string::npos);
}

TEST_CASE("a transcript says when older texts or ends of long ones are left out") {
  auto event = largest(Event::Type::conversation_bailed, "a");
  event.contact.fields.clear();
  event.conversation = engine::Conversation{};
  event.conversation->id = {{7}, 1};
  event.conversation->life = engine::Life::bailed;
  event.conversation->reason = "operator";
  event.conversation->messages_in = 2;
  event.transcript.assign(2, long_message("hello"));
  const auto handover = [&] { return json::parse(render(event, long_campaign_name).body).at("data").at("handover"); };
  CHECK(handover()["truncated"] == false);
  CHECK(handover()["whole_at"] == "/v1/conversations/" + engine::to_string(event.conversation->id));
  event.transcript[0].text = std::string(max_transcript_text_bytes + 1, 'a');
  CHECK(handover()["truncated"] == true);
  CHECK(handover()["transcript"][0]["text"].get<std::string>().size() == max_transcript_text_bytes);
  event.transcript.erase(event.transcript.begin());
  CHECK(handover()["truncated"] == true);
}
