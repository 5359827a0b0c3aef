#include "tests/simulate/carrier.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "tests/simulate/town.hpp"

namespace answerback::simulate {

using std::chrono::minutes;
using std::chrono::seconds;

// What may be asked of every text at its first byte.
void Carrier::judge(const engine::MessageId& id, const std::string& to) {
  auto& world = town_.world;
  const auto name = engine::to_string(id);
  const auto message = town_.disk.message(id);
  if (!message) return world.broken("known", fmt::format("{} leaves and is in no store", name));
  const auto contact = town_.disk.find_contact(id.contact);
  if (contact && !contact->phone.empty() && contact->phone != to) world.broken("addressee", fmt::format("{} of {} goes to {}", name, contact->phone, to));
  if (contact && contact->consent == engine::Consent::opted_out && !message->exempt) world.broken("I3 consent", fmt::format("{} starts though {} has opted out", name, to));
  const auto stopped = town_.history.stopped.find(to);
  if (stopped != town_.history.stopped.end() && !message->exempt) world.broken("I3 stop", fmt::format("{} starts though the STOP of {} was acknowledged", name, to));
  if (message->exempt) world.met("a confirmation left for somebody who had opted out");
  if (town_.history.accepted_texts.contains(id)) world.broken("I8 one text", fmt::format("{} is handed over once more after it was taken", name));
  const auto row = town_.disk.data().message_rows.at(id);
  auto& last = last_row_[id.contact];
  if (row < last) world.broken("I5 order", fmt::format("{} leaves after a later text of its contact", name));
  last = std::max(last, row);
}

void Carrier::accept(const engine::MessageId& id, const std::string& to, const std::string& text) {
  town_.history.accepted_texts.insert(id);
  town_.world.after(town_.world.dice.span(seconds(1), seconds(20)), [this, to, text] { town_.hear(to, text); });
  report(id);
  if (town_.world.dice.chance(0.1)) report(id);
}

void Carrier::report(const engine::MessageId& id) {
  auto& world = town_.world;
  world.after(world.dice.span(Duration(0), minutes(2)), [this, id] { town_.take_receipt(id); });
}

Reaction Carrier::take(const webhooks::HttpRequest& request) {
  auto& world = town_.world;
  const auto json = nlohmann::json::parse(request.body);
  const std::string to = json["to"], text = json["text"];
  const auto id = engine::parse_message_id(json["id"].get<std::string>());
  if (!id) {
    world.broken("readable", "a text without an id");
    return {};
  }
  world.tell(fmt::format("the carrier hears {} for {}: {}", engine::to_string(*id), to, text));
  judge(*id, to);
  town_.history.reached_carrier.insert(*id);
  if (world.dice.chance(busy_chance)) {
    world.met("the carrier was too busy");
    return {Duration(3), {http_answer(429, "", "retry-after: 3\r\n")}, Reaction::End::stays_open};
  }
  if (world.dice.chance(refuse_chance)) {
    world.met("the carrier refused a text");
    return {Duration(3), {http_answer(400, "no")}, Reaction::End::stays_open};
  }
  accept(*id, to, text);
  if (world.dice.chance(silent_chance)) {
    world.met("the carrier took a text and never said so");
    return {Duration(0), {}, Reaction::End::hangs};
  }
  if (world.dice.chance(error_chance)) {
    world.met("the carrier took a text and said 500");
    return {Duration(3), {http_answer(500, "oh")}, Reaction::End::stays_open};
  }
  const bool late = world.dice.chance(late_chance);
  if (late) world.met("the carrier answered late");
  return {late ? world.dice.span(seconds(1), seconds(10)) : world.dice.span(Duration(1), Duration(300)), {http_answer(200, fmt::format(R"({{"id": "p-{}"}})", engine::to_string(*id)))}, Reaction::End::stays_open};
}

}  // namespace answerback::simulate
