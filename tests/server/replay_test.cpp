// Replaying: what a store remembers of every generated conversation goes through the same revision word for word, and through
// another one with the differences named.
#include "server/rehearsal/replay.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "flows/load/load.hpp"
#include "server/rehearsal/call_bodies.hpp"
#include "server/rehearsal/generate/generate.hpp"
#include "server/rehearsal/recorded_conversations.hpp"
#include "tests/server/office.hpp"
#include "webhooks/call.hpp"

using namespace answerback;
using namespace answerback::tests;
using namespace std::chrono_literals;

namespace {

const auto long_ago = engine::Instant{};

// An office that other conversations have gone on in, so that nothing here has the first key or number.
class RecordingDesk {
 public:
  explicit RecordingDesk(const std::vector<flows::FlowPtr>& flows, const std::vector<std::string>& sources) {
    for (std::size_t i = 0; i < flows.size(); ++i) {
      office.turns.flows().publish(flows[i], office.memory->publish_flow(flows[i]->name, sources[i], office.now));
    }
    office.turns.on_commit = [this](const std::vector<storage::Commit>& commits) {
      for (const auto& commit : commits) {
        if (!commit.decision.calls.empty()) call = commit.decision.calls.back();
      }
    };
    office.handle_one(office.text(ana, "hello"));
  }

  void play(const server::ConversationScript& script, const std::string& flow) {
    if (!script.contact.empty()) office.handle_one(office.about(ben, engine::UpsertContact{script.contact}));
    for (const auto& turn : script.turns) play(turn, flow);
  }

  std::vector<server::Recorded> recorded(const std::string& flow) {
    std::vector<server::Recorded> all;
    server::visit_recorded(*office.memory, flow, long_ago, [&](const server::Recorded& one) { all.push_back(one); });
    return all;
  }

  Office office;
  std::optional<engine::CallRequest> call;

 private:
  void play(const server::ScriptTurn& turn, const std::string& flow) {
    switch (turn.kind) {
      case server::ScriptTurn::Kind::start: office.handle_one(office.about(ben, engine::Start{flow, "", {}, std::nullopt})); break;
      case server::ScriptTurn::Kind::wait: wait(turn.wait); break;
      case server::ScriptTurn::Kind::call:
        office.now += 2s;
        office.handle_one(office.about(ben, webhooks::read_call_answer(*call, turn.status, turn.body).answer));
        break;
      case server::ScriptTurn::Kind::start_text:
      case server::ScriptTurn::Kind::reply: {
        auto job = office.text(ben, turn.text);
        std::get<engine::Inbound>(job.stimulus).media = turn.media;
        office.handle_one(std::move(job));
      }
    }
  }

  void wait(flows::Duration duration) {
    const auto until = office.now + duration;
    while (const auto next = office.memory->next_timer()) {
      if (*next > until) break;
      office.now = std::max(office.now, *next);
      office.handle(office.turns.due_timers(office.now, 16));
    }
    office.now = until;
  }
};

server::ReplaySettings replay_settings() {
  server::ReplaySettings made;
  made.engine.senders = {{our_number, "Acme Roofing", "", "", ""}};
  return made;
}

std::vector<std::string> names_of(const server::Replayed& replayed) {
  std::vector<std::string> all;
  for (const auto& difference : replayed.differences) {
    const char* words[] = {"outcome", "answer ", "text "};
    all.push_back(words[static_cast<std::size_t>(difference.what)] + difference.name);
  }
  return all;
}

flows::FlowPtr changed_roof(const std::string& from, const std::string& to) {
  auto source = read_text(std::string(SOURCE_DIR) + "/examples/flows/roof-estimate.json");
  const auto at = source.find(from);
  REQUIRE(at != std::string::npos);
  return flows::load_flow(source.replace(at, from.size(), to)).flow;
}

// One conversation by keyword: repaired, twelve years old, in Austin.
class ReplayDesk : public RecordingDesk {
 public:
  ReplayDesk() : RecordingDesk({example_flow("roof-estimate")}, {read_text(std::string(SOURCE_DIR) + "/examples/flows/roof-estimate.json")}) {
    for (const auto* text : {"ROOF", "its leaking", "12", "78701"}) office.handle_one(office.text(ben, text));
  }
};

}  // namespace

TEST_CASE("every generated conversation of every example goes through its own revision once more, word for word") {
  std::size_t compared = 0;
  for (const auto& name : example_names()) {
    INFO(name);
    const auto family = example_family(name);
    for (const auto& script : server::generate_conversations(family).scripts) {
      INFO(server::to_json(script).dump());
      RecordingDesk desk(family, example_sources(family));
      desk.play(script, name);
      for (const auto& recorded : desk.recorded(name)) {
        const auto replayed = server::replay(recorded, family, replay_settings());
        CHECK(replayed.not_compared.empty());
        CHECK(replayed.stopped_at.empty());
        CHECK(names_of(replayed) == std::vector<std::string>{});
        ++compared;
      }
    }
  }
  CHECK(compared > 30);
}

TEST_CASE("another wording differs in that text alone") {
  ReplayDesk desk;
  const auto replayed = server::replay(desk.recorded("roof-estimate").front(), {changed_roof("About how old", "How old")}, replay_settings());
  REQUIRE(names_of(replayed) == std::vector<std::string>{"text 3"});
  CHECK(replayed.differences.front().was == "About how old is the roof, in years?");
  CHECK(replayed.differences.front().would_be == "How old is the roof, in years?");
}

TEST_CASE("a bound that the reply would not meet changes outcome, answers and texts") {
  ReplayDesk desk;
  const auto replayed = server::replay(desk.recorded("roof-estimate").front(), {changed_roof("\"max\": 150", "\"max\": 10")}, replay_settings());
  CHECK(names_of(replayed) == std::vector<std::string>{"outcome", "answer roof_age", "answer zip", "text 4", "text 5"});
  CHECK(replayed.differences.front().was == "completed estimate_requested");
  CHECK(replayed.differences.front().would_be == "discarded no_reply");
}

TEST_CASE("a keyword that is gone begins nothing") {
  ReplayDesk desk;
  const auto replayed = server::replay(desk.recorded("roof-estimate").front(), {changed_roof("\"ROOF\", ", "")}, replay_settings());
  CHECK(replayed.differences.front().would_be == "never began");
}

TEST_CASE("what staff ended, or STOP, ends so again; one that runs is compared as far as it came") {
  ReplayDesk desk;
  auto& office = desk.office;
  const flows::FlowPtr roof = example_flow("roof-estimate");
  office.now += 1h;
  office.handle_one(office.text(ben, "ROOF"));
  const auto contact = office.contact(ben);
  office.handle_one(office.about(contact.key, engine::OperatorEnd{{contact.key, contact.active}, engine::Outcome::bailed, "rang_us"}));
  office.now += 1h;
  office.handle_one(office.text(ben, "ROOF"));
  office.handle_one(office.text(ben, "STOP"));
  office.now += 1h;
  office.handle_one(office.text(ben, "START"));
  office.handle_one(office.text(ben, "ROOF"));
  office.handle_one(office.text(ben, "2"));
  const auto all = desk.recorded("roof-estimate");
  REQUIRE(all.size() == 4);
  for (const auto& recorded : all) CHECK(names_of(server::replay(recorded, {roof}, replay_settings())) == std::vector<std::string>{});
}

TEST_CASE("a call whose answer nobody knows ends the comparison there, and it is said") {
  ReplayDesk desk;
  const auto replayed = server::replay(desk.recorded("roof-estimate").front(),
                                       {changed_roof(R"("zip":     { "ask")", R"("zip": { "call": { "url": "https://crm.example/" }, "next": "code" },
                                         "code":    { "ask")")},
                                       replay_settings());
  CHECK(replayed.stopped_at == "zip");
  CHECK(names_of(replayed) == std::vector<std::string>{});
}

TEST_CASE("an erased contact's conversations are not compared, nor those that came from another revision") {
  ReplayDesk desk;
  auto recorded = desk.recorded("roof-estimate").front();
  const flows::FlowPtr roof = example_flow("roof-estimate");
  auto moved = recorded;
  moved.conversation.trail.clear();
  CHECK_FALSE(server::replay(moved, {roof}, replay_settings()).not_compared.empty());
  recorded.contact.phone.clear();
  CHECK(server::replay(recorded, {roof}, replay_settings()).not_compared == "erased");
}
