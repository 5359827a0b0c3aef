#include "tests/simulate/people.hpp"

#include <fmt/format.h>

#include "storage/dedup.hpp"
#include "tests/simulate/town.hpp"

namespace answerback::simulate {

namespace {

using std::chrono::minutes;
using std::chrono::seconds;

bool is_stop(const std::string& text) { return text == "STOP" || text == "stop texting me" || text == "unsubscribe"; }
bool is_start(const std::string& text) { return text == "START" || text == "yes"; }

const std::vector<std::string> of_their_own{"ROOF", "ROOF", "ROOF", "roof", "STOP", "START", "yes", "hello?", "agent", "2", "about 12 years", "stop texting me", "unsubscribe", "👍"};

}  // namespace

void Person::plan(Duration until) {
  auto& dice = town_.world.dice;
  town_.world.after(dice.span(Duration(0), until / 4), [this] { say("ROOF"); });
  if (dice.chance(0.3)) {
    // They think better of it at once, while our texts are on their way.
    const auto at = dice.span(Duration(0), until);
    town_.world.after(at, [this] { say_at_once("ROOF"); });
    town_.world.after(at + dice.span(Duration(1), Duration(150)), [this] {
      town_.world.met("a STOP overtook the texts that it stops");
      say_at_once("STOP");
    });
  }
  for (auto left = dice.between(1, 5); left > 0; --left) {
    town_.world.after(dice.span(Duration(0), until), [this, text = dice.one_of(of_their_own)] { say(text); });
  }
}

std::string Person::reply_to(const std::string& text) {
  auto& dice = town_.world.dice;
  if (dice.chance(0.08)) return "STOP";
  if (dice.chance(0.08)) return "what is this about";
  if (text.find("What do you need") != std::string::npos || text.find("reply 1, 2 or 3") != std::string::npos) return dice.one_of<std::string>({"1", "2", "a repair please", "3"});
  if (text.find("own the house") != std::string::npos) return dice.chance(0.8) ? "yes" : "no";
  if (text.find("how old is the roof") != std::string::npos) return dice.one_of<std::string>({"12", "about twelve years", "30"});
  if (text.find("Is that right") != std::string::npos || text.find("Did you mean") != std::string::npos) return "yes";
  return dice.chance(0.3) ? "thanks" : "";
}

void Person::hear(const std::string& text) {
  auto& world = town_.world;
  if (town_.is_quiet) return;
  if (world.dice.chance(0.12)) return world.met("somebody fell silent");
  const auto reply = reply_to(text);
  if (reply.empty()) return;
  world.after(world.dice.span(seconds(2), minutes(4)), [this, reply] { say(reply); });
}

std::string Person::write(const std::string& text) {
  auto id = fmt::format("{}-{}", phone_.substr(phone_.size() - 4), ++texts_);
  town_.history.sent[phone_].insert(id);
  if (is_start(text)) town_.history.stopped.erase(phone_);
  town_.world.tell(fmt::format("{} writes {}: {}", phone_, id, text));
  return id;
}

void Person::say_at_once(const std::string& text) { hand_over(write(text), text, town_.world.now()); }

void Person::say(const std::string& text) {
  auto& world = town_.world;
  if (town_.is_quiet) return;
  const auto id = write(text);
  const bool is_late = world.dice.chance(0.06);
  if (is_late) world.met(is_stop(text) ? "a STOP came late" : is_start(text) ? "a START came late" : "a text came late");
  const auto wait = is_late ? world.dice.span(minutes(1), minutes(40)) : world.dice.span(Duration(20), seconds(4));
  world.after(wait, [this, id, text, at = world.now()] { hand_over(id, text, at); });
}

// Until it is acknowledged, and now and then once more.
void Person::hand_over(const std::string& id, const std::string& text, Instant written_at) {
  auto& world = town_.world;
  world.after(world.dice.span(seconds(8), seconds(30)), [this, id, text, written_at] {
    if (town_.history.acknowledged.contains(id)) return;
    town_.world.met("a text was handed over again, since nobody had acknowledged it");
    hand_over(id, text, written_at);
  });
  if (!town_.machine) return;
  engine::Inbound inbound;
  inbound.carrier = "inbound";
  inbound.from = phone_;
  inbound.to = our_number;
  inbound.text = text;
  inbound.received_at = std::min(written_at, world.now());
  inbound.written_at = inbound.received_at;
  server::Job job;
  job.address = storage::ByPhone{phone_};
  job.dedup = storage::dedup_key(inbound.carrier, id);
  job.stimulus = std::move(inbound);
  job.at = world.now();
  job.done = [this, id, text](const server::Handled& handled) {
    if (handled.stored) return acknowledged(id, text);
    town_.not_stored(phone_);
  };
  town_.machine->submit(std::move(job));
}

void Person::acknowledged(const std::string& id, const std::string& text) {
  auto& world = town_.world;
  const bool again = !town_.history.acknowledged.emplace(id, History::Acknowledged{phone_, text}).second;
  if (again) return world.met("a duplicate was acknowledged");
  world.tell(fmt::format("{} is acknowledged", id));
  if (is_stop(text)) {
    town_.history.stopped[phone_] = world.steady();
    world.met(text == "STOP" ? "STOP was acknowledged" : "a STOP in other words was acknowledged");
  }
  if (is_start(text)) town_.history.stopped.erase(phone_);
  if (world.dice.chance(0.15)) world.after(world.dice.span(Duration(50), minutes(5)), [this, id, text, at = world.now()] { hand_over(id, text, at); });
}

}  // namespace answerback::simulate
