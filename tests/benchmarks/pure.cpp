// What the pure parts cost: one turn of a conversation, one reply, consent words, loading a flow, rendering an event.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <array>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "engine/keywords.hpp"
#include "flows/load/load.hpp"
#include "flows/text/text.hpp"
#include "flows/understand/understand.hpp"
#include "webhooks/event.hpp"

namespace answerback {

namespace {

const engine::Instant noon = std::chrono::sys_days(std::chrono::year(2026) / 3 / 2) + std::chrono::hours(12);

flows::FlowPtr four_questions() {
  std::ifstream in(BENCHMARK_FLOW, std::ios::binary);
  auto loaded = flows::load_flow(std::string(std::istreambuf_iterator<char>(in), {}));
  if (!loaded.flow) throw std::runtime_error("the flow has errors");
  return loaded.flow;
}

const engine::FlowBook& book() {
  static const auto made = [] {
    engine::FlowBook flows;
    flows.publish(four_questions(), 1);
    return flows;
  }();
  return made;
}

engine::Stimulus inbound(std::string text) {
  engine::Inbound stimulus;
  stimulus.carrier = "bench";
  stimulus.from = "+15125550142";
  stimulus.text = std::move(text);
  stimulus.received_at = noon;
  return stimulus;
}

engine::Decision decide(const engine::Situation& situation, const engine::Stimulus& stimulus) {
  static const engine::Settings settings;
  return engine::decide(situation, stimulus, book(), settings, {}, noon);
}

struct Turn {
  engine::Situation situation;
  engine::Stimulus stimulus;
};

// The texts of one contact, each with the situation that the ones before it left.
std::vector<Turn> play(const std::vector<std::string>& texts) {
  std::vector<Turn> turns;
  engine::Situation situation;
  situation.contact.key = {7};
  situation.contact.phone = "+15125550142";
  situation.is_new = true;
  for (const auto& text : texts) {
    turns.push_back({situation, inbound(text)});
    const auto decision = decide(situation, turns.back().stimulus);
    situation.contact = decision.contact;
    situation.is_new = false;
    situation.active.reset();
    for (const auto& conversation : decision.conversations) {
      if (!conversation.is_over()) situation.active = conversation;
    }
  }
  return turns;
}

// A whole conversation, given as time per turn.
void conversation_per_turn(benchmark::State& state) {
  const auto turns = play({"ROOF", "its leaking", "yes", "about 12 years", "78701"});
  std::size_t next = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(decide(turns[next].situation, turns[next].stimulus));
    next = (next + 1) % turns.size();
  }
}

void one_turn(benchmark::State& state, const std::vector<std::string>& texts) {
  const auto turn = play(texts).back();
  for (auto _ : state) benchmark::DoNotOptimize(decide(turn.situation, turn.stimulus));
}

void understand(benchmark::State& state, const flows::Expect& expect, const std::string& reply) {
  const flows::ReplyContext context{std::chrono::sys_days(std::chrono::year(2026) / 3 / 2), "en"};
  if (!flows::understand(expect, reply, context).value) throw std::runtime_error("not understood: " + reply);
  for (auto _ : state) benchmark::DoNotOptimize(flows::understand(expect, reply, context));
}

void classify(benchmark::State& state, const std::string& text) {
  for (auto _ : state) benchmark::DoNotOptimize(engine::classify(text));
}

std::string flow_of(std::size_t steps) {
  std::string source = R"({"flow":"long","sender":"Question","triggers":{"keywords":["LONG"]},"start":"s0","steps":{)";
  for (std::size_t i = 0; i + 1 < steps; ++i) {
    const char* stop = i == 0 ? " Reply STOP to opt out." : "";
    source += fmt::format(R"("s{}":{{"ask":"Question {}, {{{{contact.first_name | default: 'friend'}}}}.{}",)", i, i, stop);
    source += fmt::format(R"("answer":"a{}","expect":{{"number":{{"min":0,"max":150}}}},"next":"s{}"}},)", i, i + 1);
  }
  return source + fmt::format(R"("s{}":{{"say":"Thanks!","complete":"done"}}}}}})", steps - 1);
}

void load_1000_steps(benchmark::State& state) {
  const auto source = flow_of(1'000);
  if (!flows::load_flow(source).flow) throw std::runtime_error("the long flow has errors");
  for (auto _ : state) benchmark::DoNotOptimize(flows::load_flow(source));
}

void render_completed(benchmark::State& state) {
  const auto turn = play({"ROOF", "its leaking", "yes", "about 12 years", "78701"}).back();
  const auto event = decide(turn.situation, turn.stimulus).events.back();
  if (event.type != engine::Event::Type::conversation_completed) throw std::runtime_error("the conversation was not completed");
  for (auto _ : state) benchmark::DoNotOptimize(webhooks::render(event, [](engine::CampaignKey) { return std::string(); }));
}

flows::Choice choice_of(const char* key, const std::vector<std::string>& synonyms) {
  flows::Choice choice{key, {}};
  for (const auto& synonym : synonyms) choice.synonyms.push_back({synonym, flows::fold_phrase(synonym), ""});
  return choice;
}

flows::ExpectChoice roof_work() {
  return {{choice_of("repair", {"1", "fix", "leak"}), choice_of("replacement", {"2", "new roof"}), choice_of("inspection", {"3", "check"})}};
}

void register_turns() {
  const std::array<std::pair<const char*, std::vector<std::string>>, 5> turns{{
      {"decide/keyword", {"ROOF"}},
      {"decide/choice", {"ROOF", "its leaking"}},
      {"decide/number", {"ROOF", "its leaking", "yes", "about 12 years"}},
      {"decide/stop", {"ROOF", "its leaking", "STOP"}},
      {"decide/unclear", {"ROOF", "what is this about"}},
  }};
  benchmark::RegisterBenchmark("decide/turn", conversation_per_turn);
  for (const auto& [name, texts] : turns) {
    benchmark::RegisterBenchmark(name, [texts = texts](benchmark::State& state) { one_turn(state, texts); });
  }
}

void register_replies() {
  const auto choice = roof_work();
  const std::array<std::pair<flows::Expect, const char*>, 11> replies{{
      {flows::ExpectText{}, "a reply of a few words"}, {flows::ExpectYesNo{}, "yes please"}, {choice, "its leaking"},
      {flows::ExpectNumber{}, "about twelve years"}, {flows::ExpectEmail{}, "mail me at ana@example.org"},
      {flows::ExpectPhone{}, "(512) 555-0142"}, {flows::ExpectPostcode{}, "it is 78701"}, {flows::ExpectDate{}, "next friday"},
      {flows::ExpectMoney{}, "about $1,500.50"}, {flows::ExpectTime{}, "half past four"}, {flows::ExpectDateTime{}, "next tuesday at 3pm"},
  }};
  for (const auto& [expect, reply] : replies) {
    const auto name = fmt::format("understand/{}", flows::kind_name(expect));
    benchmark::RegisterBenchmark(name.c_str(), [expect = expect, text = std::string(reply)](benchmark::State& state) {
      understand(state, expect, text);
    });
  }
}

// 1,600 characters of one pattern, which no reader may take long over, whether it understands them or not.
void read_pattern(benchmark::State& state, const flows::Expect& expect, const std::string& pattern) {
  std::string reply;
  while (reply.size() < flows::max_reply_characters) reply += pattern;
  const flows::ReplyContext context{std::chrono::sys_days(std::chrono::year(2026) / 3 / 2), "en"};
  for (auto _ : state) benchmark::DoNotOptimize(flows::understand(expect, reply, context));
}

void register_longest_replies() {
  const auto choice = roof_work();
  const std::array<std::pair<flows::Expect, const char*>, 6> replies{{
      {flows::ExpectYesNo{}, "of course not "}, {choice, "repiar "}, {flows::ExpectEmail{}, "at dot "},
      {flows::ExpectPhone{}, "512 "}, {flows::ExpectPostcode{"GB"}, "sw1a "}, {flows::ExpectName{}, "my name is "},
  }};
  for (const auto& [expect, piece] : replies) {
    const auto name = fmt::format("understand_longest/{}", flows::kind_name(expect));
    benchmark::RegisterBenchmark(name.c_str(), [expect = expect, piece = std::string(piece)](benchmark::State& state) {
      read_pattern(state, expect, piece);
    });
  }
}

void register_patterns() {
  const std::array<flows::Expect, 5> kinds{flows::ExpectNumber{}, flows::ExpectMoney{}, flows::ExpectDate{}, flows::ExpectTime{}, flows::ExpectDateTime{}};
  constexpr std::array patterns{"one ", "1 1 1 ", "half past ", "next next ", "1,", "a ", "febuxry ", "quarter to ", "twenty thousand million "};
  for (const auto& kind : kinds) {
    for (const auto* pattern : patterns) {
      const auto name = fmt::format("pattern/{}/{}", flows::kind_name(kind), pattern);
      benchmark::RegisterBenchmark(name.c_str(), [kind, text = std::string(pattern)](benchmark::State& state) { read_pattern(state, kind, text); })
          ->Unit(benchmark::kMicrosecond);
    }
  }
}

[[maybe_unused]] const bool registered = [] {
  register_turns();
  register_replies();
  register_longest_replies();
  register_patterns();
  benchmark::RegisterBenchmark("classify/none", [](benchmark::State& state) { classify(state, "about 12 years I think"); });
  benchmark::RegisterBenchmark("classify/stop", [](benchmark::State& state) { classify(state, "please stop texting me"); });
  benchmark::RegisterBenchmark("load_flow/1000_steps", load_1000_steps);
  benchmark::RegisterBenchmark("render/completed", render_completed);
  return true;
}();

}  // namespace

}  // namespace answerback
