#include <fmt/format.h>

#include <charconv>
#include <map>
#include <nlohmann/json.hpp>

#include "flows/revisions.hpp"
#include "server/api/api.hpp"
#include "server/http/problem.hpp"
#include "server/log.hpp"
#include "server/revision_json.hpp"
#include "webhooks/json.hpp"

namespace answerback::server {

namespace {

// More running conversations than this are not looked through while everybody waits.
constexpr std::size_t max_running = 100'000;
constexpr std::size_t migrated_at_once = 512;
constexpr std::int64_t max_revision = 1'000'000'000;

std::optional<std::uint32_t> revision_number(std::string_view text) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() && number > 0 ? std::optional(number) : std::nullopt;
}

void list_revisions(Api& api, Call call) {
  answer_query(api, std::move(call), [&api](const Call& asked) {
    auto data = ApiJson::array();
    for (const auto& revision : api.store.all_flows()) {
      if (revision.name != asked.param("name")) continue;
      data.push_back({{"flow", revision.name}, {"revision", revision.revision}, {"published_at", webhooks::instant_json(revision.published_at)}});
    }
    return data.empty() ? not_found(asked, "flow") : json_response(200, page_json(std::move(data)));
  });
}

void show_difference(Api& api, Call call) {
  answer_query(api, std::move(call), [&api](const Call& asked) {
    const auto from = revision_number(asked.param("from")), to = revision_number(asked.param("to"));
    const auto before = from ? api.store.find_flow(asked.param("name"), from) : std::nullopt;
    const auto after = to ? api.store.find_flow(asked.param("name"), to) : std::nullopt;
    if (!before || !after) return not_found(asked, "revision");
    ApiJson json{{"flow", before->name}, {"from", *from}, {"to", *to}};
    json.update(to_json(flows::compare(before->source, after->source)));
    return json_response(200, json);
  });
}

struct Migration {
  std::string flow;
  std::uint32_t from = 0, to = 0;
  std::map<std::string, std::string> images;  // step -> step; what is not named keeps its name
};

Migration read_migration(flows::Fields& fields, std::string flow) {
  Migration wish;
  wish.flow = std::move(flow);
  for (const auto& [name, number] : {std::pair{"from", &wish.from}, {"to", &wish.to}}) {
    const auto given = fields.integer(name, 1, max_revision);
    if (!given) fields.missing(name);
    *number = static_cast<std::uint32_t>(given.value_or(0));
  }
  const auto* steps = fields.object("steps");
  if (!steps) return wish;
  for (const auto& member : steps->members) {
    if (member.value.kind != flows::Json::Kind::string) fields.error("steps", "wrong_type", "steps names a step for each step");
    wish.images[member.key] = member.value.string;
  }
  return wish;
}

// Runs on the loop's thread, where nothing else changes meanwhile.
class Migrating {
 public:
  Migrating(Api& api, const Migration& wish)
      : api_(api), wish_(wish), from_(api.turns.flows().at(wish.flow, wish.from)), to_(api.turns.flows().at(wish.flow, wish.to)) {}

  HttpResponse run(const Call& call) {
    if (!from_ || !to_) return not_found(call, "revision");
    if (auto issues = wrong_names(); !issues.empty()) return problem(422, "invalid", "the map has problems; see errors", call.request.id, issues);
    if (!find_running()) return problem_for(call, 409, "too_many_running", fmt::format("more than {} conversations are running", max_running));
    if (auto issues = without_image(); !issues.empty()) {
      return problem(409, "no_image", "conversations wait where the other revision has no fitting step; see errors", call.request.id, issues);
    }
    move_all();
    log(LogLevel::info, "flow_migrated", {{"flow", wish_.flow}, {"from", std::to_string(wish_.from)}, {"to", std::to_string(wish_.to)}, {"count", std::to_string(running_.size())}});
    return json_response(200, {{"migrated", running_.size()}});
  }

 private:
  std::vector<flows::Issue> wrong_names() const {
    std::vector<flows::Issue> issues;
    const auto check = [&](const flows::Flow& flow, const std::string& step, const std::string& key, std::uint32_t revision) {
      if (flow.find(step)) return;
      issues.push_back({flows::Severity::error, "unknown_step", fmt::format("revision {} has no step \"{}\"", revision, step), flows::pointer_append("/steps", key), {}});
    };
    for (const auto& [step, image] : wish_.images) {
      check(*from_, step, step, wish_.from);
      check(*to_, image, step, wish_.to);
    }
    return issues;
  }

  // A running conversation waits for something, so that it has a timer.
  bool find_running() {
    const auto timers = api_.store.due_timers(engine::Instant::max(), max_running + 1);
    if (timers.size() > max_running) return false;
    for (const auto& timer : timers) {
      auto conversation = api_.store.conversation(timer.conversation);
      if (conversation && conversation->flow == wish_.flow && conversation->revision == wish_.from) running_.push_back(std::move(*conversation));
    }
    return true;
  }

  static const std::string& place_of(const engine::Conversation& conversation) {
    return conversation.inside.empty() ? conversation.step : conversation.inside.front().step;
  }

  const std::string& image_of(const std::string& step) const {
    const auto found = wish_.images.find(step);
    return found == wish_.images.end() ? step : found->second;
  }

  // One issue for each step that conversations wait at and that cannot be mapped.
  std::vector<flows::Issue> without_image() const {
    std::map<std::string, std::size_t> waiting;
    for (const auto& conversation : running_) ++waiting[place_of(conversation)];
    std::vector<flows::Issue> issues;
    for (const auto& [step, count] : waiting) {
      const auto old = from_->find(step);
      const auto image = to_->find(image_of(step));
      const auto why = old ? flows::why_no_image(from_->steps[*old], image ? &to_->steps[*image] : nullptr) : std::optional<std::string>("is no step");
      if (why) issues.push_back({flows::Severity::error, "no_image", fmt::format("\"{}\" {}; {} waiting there", step, *why, count), flows::pointer_append("/steps", step), {}});
    }
    return issues;
  }

  // In batches, all within the caller's transaction: a failure takes back every one.
  void move_all() {
    for (std::size_t begin = 0; begin < running_.size(); begin += migrated_at_once) {
      std::vector<Job> jobs;
      bool moved = true;
      for (std::size_t i = begin; i < std::min(running_.size(), begin + migrated_at_once); ++i) jobs.push_back(job_for(running_[i], moved));
      api_.loop.process_now(jobs);
      if (!moved) throw storage::StoreError("a conversation could not be moved to another revision");
    }
  }

  Job job_for(const engine::Conversation& conversation, bool& moved) const {
    Job job;
    job.address = conversation.id.contact;
    job.stimulus = engine::Migrate{conversation.id, wish_.to, image_of(place_of(conversation))};
    job.at = api_.clock.now();
    job.done = [&moved](const Handled& handled) { moved = moved && handled.stored && handled.decision.refusal == engine::Refusal::none; };
    return job;
  }

  Api& api_;
  const Migration& wish_;
  flows::FlowPtr from_, to_;
  std::vector<engine::Conversation> running_;
};

void migrate(Api& api, Call call) {
  const auto body = read_body(call);
  if (!body) return;
  flows::Report report;
  flows::Fields fields(*body, "", report);
  auto wish = read_migration(fields, call.param("name"));
  fields.done();
  if (!accept(call, report)) return;
  answer_change(api, std::move(call), [&api, wish = std::move(wish)](const Call& asked) { return Migrating(api, wish).run(asked); });
}

}  // namespace

void add_revision_routes(Router& router, Api& api) {
  const std::string flow = "/v1/flows/{name}";
  router.add({"GET", flow + "/revisions", Scope::read, BodyKind::none, [&api](Call call) { list_revisions(api, std::move(call)); }});
  router.add({"GET", flow + "/revisions/{from}/diff/{to}", Scope::read, BodyKind::none, [&api](Call call) { show_difference(api, std::move(call)); }});
  router.add({"POST", flow + "/migrate", Scope::operate, BodyKind::json, [&api](Call call) { migrate(api, std::move(call)); }});
}

}  // namespace answerback::server
