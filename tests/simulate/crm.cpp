#include "tests/simulate/crm.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace answerback::simulate {

namespace {

using std::chrono::seconds;

webhooks::Secret secret_of(Dice& dice) {
  std::string bytes;
  for (int i = 0; i < 32; ++i) bytes.push_back(static_cast<char>(dice.between(0, 255)));
  std::string base64;
  static constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (int i = 0; i < 42; ++i) base64.push_back(letters[static_cast<std::size_t>(dice.between(0, 63))]);
  return *webhooks::Secret::parse("whsec_" + base64 + "AA");
}

bool overtakes(std::string_view type) { return type == "contact.opted_out" || type == "contact.opted_in"; }

std::string endless() { return std::string(4'000, 'x'); }

Reaction never() { return {Duration(0), {}, Reaction::End::hangs}; }

// What a server in this mood says to anything; `well` is for its caller to answer.
Reaction moody(World& world, Mood mood, const std::string& good) {
  switch (mood) {
    case Mood::slow: return {world.dice.span(seconds(2), seconds(12)), {good}, Reaction::End::stays_open};
    case Mood::hangs: return never();
    case Mood::fails: return {world.dice.span(Duration(1), seconds(1)), {http_answer(500, "no")}, Reaction::End::stays_open};
    case Mood::throttles: return {Duration(5), {http_answer(429, "", "retry-after: 20\r\n")}, Reaction::End::stays_open};
    case Mood::refuses: return {Duration(5), {http_answer(400, "what?")}, Reaction::End::stays_open};
    case Mood::babbles: {
      const std::vector<Reaction> ways{{Duration(2), {"SSH-2.0-OpenSSH\r\n"}, Reaction::End::closes},
                                       {Duration(2), {"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5;", endless(), endless(), endless(), endless(), endless()}, Reaction::End::hangs},
                                       {Duration(2), {"HTTP/1.1 20"}, Reaction::End::closes}};
      return world.dice.one_of(ways);
    }
    case Mood::gone: return {Duration(5), {http_answer(410)}, Reaction::End::stays_open};
    case Mood::well:
    case Mood::unreachable:
    case Mood::lost_name: break;
  }
  // In pieces, as networks do.
  const auto half = good.size() / 2;
  return {world.dice.span(Duration(1), Duration(400)), {good.substr(0, half), good.substr(half)}, Reaction::End::stays_open};
}

int reachable_in(Mood mood) { return mood == Mood::unreachable ? 0 : mood == Mood::lost_name ? -1 : 1; }

}  // namespace

Crm::Crm(World& world, std::string name) : world_(world), name_(std::move(name)), secret_(secret_of(world.dice)) {}

void Crm::be(Mood mood) {
  mood_ = mood;
  static constexpr std::array<const char*, 10> names{"well", "slow", "hanging", "failing", "throttling", "refusing", "babbling", "unreachable", "without a name", "gone"};
  const auto* word = names[static_cast<std::size_t>(mood)];
  world_.tell(fmt::format("{} is {}", name_, word));
  world_.met(fmt::format("a CRM was {}", word));
}

int Crm::reachable() { return reachable_in(mood_); }

Crm::Seen& Crm::note(const webhooks::HttpRequest& request) {
  const auto id = header_of(request, "webhook-id"), at = header_of(request, "webhook-timestamp"), signature = header_of(request, "webhook-signature");
  const auto now = std::chrono::floor<seconds>(world_.now()).time_since_epoch().count();
  const bool is_genuine = webhooks::verify(secret_, id, at, signature, request.body, world_.clock_was_set() ? std::stoll(at) : now);
  if (!is_genuine) world_.broken("signed", fmt::format("{} can't verify {}", name_, id));
  auto& seen = events_[id];
  if (seen.attempts++ > 0 && keeps_bodies && seen.body != request.body) world_.broken("same bytes", fmt::format("{} got {} twice, and not the same", name_, id));
  const auto json = nlohmann::json::parse(request.body, nullptr, false);
  if (json.is_discarded() || !json.contains("type")) {
    world_.broken("readable", fmt::format("{} can't read {}", name_, id));
    return seen;
  }
  seen.type = json["type"];
  seen.body = request.body;
  const auto id_of = [&](const nlohmann::json::json_pointer& place) { return json.contains(place) && json[place].is_string() ? json[place].get<std::string>() : std::string(); };
  seen.contact = id_of("/data/contact/id"_json_pointer);
  seen.conversation = id_of("/data/conversation/id"_json_pointer);
  seen.sequence = json.value("/data/sequence"_json_pointer, std::int64_t{0});
  return seen;
}

// The first time that it takes an event: outcomes once for each conversation, and a contact's events in their order.
void Crm::accept(Seen& seen) {
  if (std::exchange(seen.accepted, true)) return world_.met("a webhook was delivered more than once");
  if (seen.contact.empty() || overtakes(seen.type)) return;
  auto& last = last_of_[seen.contact];
  if (keeps_order && seen.sequence < last) world_.broken("order", fmt::format("{} took {} of {} after {}", name_, seen.sequence, seen.contact, last));
  last = std::max(last, seen.sequence);
}

Reaction Crm::take(const webhooks::HttpRequest& request) {
  auto& seen = note(request);
  const auto id = header_of(request, "webhook-id");
  world_.tell(fmt::format("{} hears {} {} (attempt {})", name_, seen.type, id, seen.attempts));
  if (is_outcome(seen.type)) {
    const auto& first = outcome_of_.emplace(seen.conversation, id).first->second;
    if (first != id) world_.broken("I2 one outcome", fmt::format("{} heard {} and {} of {}", name_, first, id, seen.conversation));
  }
  const bool takes = mood_ == Mood::well || mood_ == Mood::slow;
  if (takes) accept(seen);
  return moody(world_, mood_, http_answer(204));
}

int PriceDesk::reachable() { return reachable_in(mood); }

Reaction PriceDesk::take(const webhooks::HttpRequest&) {
  world_.met("a flow called the price desk");
  return moody(world_, mood, http_answer(200, R"({"price": 1200})", "content-type: application/json\r\n"));
}

}  // namespace answerback::simulate
