// Moves the running conversations of one revision of a flow to another: looked through by the reader first, and refused as a whole when
// one waits where the other revision has no fitting step; then moved a few at a time, so that texts which come meanwhile do not wait.
#include <fmt/format.h>

#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "flows/revisions.hpp"
#include "server/api/api.hpp"
#include "server/http/problem.hpp"
#include "server/log/log.hpp"

namespace answerback::server {

namespace {

constexpr std::size_t max_running = 100'000;
constexpr std::size_t moved_at_once = 32;
constexpr std::uint32_t conversations_at_once = 500;
constexpr std::int64_t max_revision = 1'000'000'000;

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

// One request on its way. `plan` runs on a reader's thread, everything after it on the loop's.
struct Moving {
  Moving(Api& api_, Call call_, Migration wish_) : api(api_), call(std::move(call_)), wish(std::move(wish_)) {}

  Api& api;
  Call call;
  Migration wish;
  flows::FlowPtr from, to;
  std::vector<engine::ConversationId> running;
  std::size_t looked_at = 0;
  std::size_t moved = 0;  // the others ended meanwhile, or came to where there is no image
};

std::vector<flows::Issue> wrong_names(const Moving& moving) {
  std::vector<flows::Issue> issues;
  const auto check = [&](const flows::Flow& flow, const std::string& step, const std::string& key, std::uint32_t revision) {
    if (flow.find(step)) return;
    issues.push_back({flows::Severity::error, "unknown_step", fmt::format("revision {} has no step \"{}\"", revision, step), flows::pointer_append("/steps", key), {}});
  };
  for (const auto& [step, image] : moving.wish.images) {
    check(*moving.from, step, step, moving.wish.from);
    check(*moving.to, image, step, moving.wish.to);
  }
  return issues;
}

const std::string& place_of(const engine::Conversation& conversation) {
  return conversation.inside.empty() ? conversation.step : conversation.inside.front().step;
}

const std::string& image_of(const Moving& moving, const std::string& step) {
  const auto found = moving.wish.images.find(step);
  return found == moving.wish.images.end() ? step : found->second;
}

std::optional<std::string> why_no_image(const Moving& moving, const std::string& step) {
  const auto old = moving.from->find(step);
  const auto image = moving.to->find(image_of(moving, step));
  if (!old) return "is no step";
  return flows::why_no_image(moving.from->steps[*old], image ? &moving.to->steps[*image] : nullptr);
}

// One issue for each step that conversations wait at and that cannot be mapped.
std::vector<flows::Issue> without_image(const Moving& moving, const std::map<std::string, std::size_t>& waiting) {
  std::vector<flows::Issue> issues;
  for (const auto& [step, count] : waiting) {
    if (const auto why = why_no_image(moving, step))
      issues.push_back({flows::Severity::error, "no_image", fmt::format("\"{}\" {}; {} waiting there", step, *why, count), flows::pointer_append("/steps", step), {}});
  }
  return issues;
}

// Fills `running`. False when they are too many.
bool find_running(Moving& moving, std::map<std::string, std::size_t>& waiting) {
  storage::ConversationFilter filter;
  filter.active = true;
  filter.flow = moving.wish.flow;
  for (storage::PageRequest page{conversations_at_once, 0};;) {
    const auto found = moving.api.store.list_conversations(filter, page);
    for (const auto& conversation : found.items) {
      if (conversation.revision != moving.wish.from) continue;
      if (moving.running.size() == max_running) return false;
      moving.running.push_back(conversation.id);
      ++waiting[place_of(conversation)];
    }
    if (found.next == 0) return true;
    page.after = found.next;
  }
}

// The refusal, if there is one.
std::optional<HttpResponse> plan(Moving& moving) {
  const auto& id = moving.call.request.id;
  if (!moving.from || !moving.to) return not_found(moving.call, "revision");
  if (auto issues = wrong_names(moving); !issues.empty()) return problem(422, "invalid", "the map has problems; see errors", id, issues);
  std::map<std::string, std::size_t> waiting;
  if (!find_running(moving, waiting)) return problem_for(moving.call, 409, "too_many_running", fmt::format("more than {} conversations are running", max_running));
  if (auto issues = without_image(moving, waiting); !issues.empty())
    return problem(409, "no_image", "conversations wait where the other revision has no fitting step; see errors", id, issues);
  return std::nullopt;
}

std::optional<Job> job_for(Moving& moving, const engine::ConversationId& id, bool& stored) {
  const auto conversation = moving.api.store.conversation(id);
  if (!conversation || conversation->is_over() || conversation->revision != moving.wish.from) return std::nullopt;
  if (why_no_image(moving, place_of(*conversation))) return std::nullopt;
  Job job;
  job.address = id.contact;
  job.stimulus = engine::Migrate{id, moving.wish.to, image_of(moving, place_of(*conversation))};
  job.at = moving.api.clock.now();
  job.done = [&moving, &stored](const Handled& handled) {
    stored = stored && handled.stored;
    if (handled.stored && handled.decision.refusal == engine::Refusal::none) ++moving.moved;
  };
  return job;
}

void move_some(Moving& moving) {
  std::vector<Job> jobs;
  bool stored = true;
  for (; jobs.size() < moved_at_once && moving.looked_at < moving.running.size(); ++moving.looked_at) {
    if (auto job = job_for(moving, moving.running[moving.looked_at], stored)) jobs.push_back(std::move(*job));
  }
  moving.api.loop.process_now(jobs);
  if (!stored) throw storage::StoreError("a conversation could not be moved to another revision");
}

void finish(Moving& moving, const HttpResponse& response) {
  answer_change(moving.api, std::move(moving.call), [response](const Call&) { return response; });
}

void fail(Moving& moving) {
  answer_change(moving.api, std::move(moving.call), [](const Call&) -> HttpResponse { throw storage::StoreError("conversations could not be moved; the same request moves the rest"); });
}

HttpResponse report(const Moving& moving) {
  log(LogLevel::info, "flow_migrated",
      {{"flow", moving.wish.flow}, {"from", std::to_string(moving.wish.from)}, {"to", std::to_string(moving.wish.to)}, {"count", std::to_string(moving.moved)}});
  return json_response(200, {{"migrated", moving.moved}, {"left", moving.running.size() - moving.moved}});
}

void refuse_busy(Moving& moving) { moving.call.respond(problem_for(moving.call, 503, "busy", "too much waits; the same request moves the rest")); }

void go_on(const std::shared_ptr<Moving>& moving) {
  try {
    if (moving->looked_at == moving->running.size()) return finish(*moving, report(*moving));
    move_some(*moving);
  } catch (const storage::StoreError&) {
    return fail(*moving);
  }
  if (!moving->api.loop.submit_task(TaskKind::migrate, [moving] { go_on(moving); })) refuse_busy(*moving);
}

void begin(const std::shared_ptr<Moving>& moving) {
  try {
    if (is_answered_already(moving->api, moving->call)) return finish(*moving, {});
    moving->from = moving->api.turns.flows().at(moving->wish.flow, moving->wish.from);
    moving->to = moving->api.turns.flows().at(moving->wish.flow, moving->wish.to);
  } catch (const storage::StoreError&) {
    return fail(*moving);
  }
  const bool taken = moving->api.reader.submit([moving] {
    try {
      if (const auto refusal = plan(*moving)) return finish(*moving, *refusal);
    } catch (const storage::StoreError&) {
      return fail(*moving);
    }
    if (!moving->api.loop.submit_task(TaskKind::migrate, [moving] { go_on(moving); })) refuse_busy(*moving);
  });
  if (!taken) refuse_busy(*moving);
}

}  // namespace

void migrate_flow(Api& api, Call call) {
  const auto body = read_body(call);
  if (!body) return;
  flows::Report report;
  flows::Fields fields(*body, "", report);
  auto wish = read_migration(fields, call.param("name"));
  fields.done();
  if (!accept(call, report)) return;
  const auto moving = std::make_shared<Moving>(api, std::move(call), std::move(wish));
  if (!api.loop.submit_task(TaskKind::migrate, [moving] { begin(moving); })) refuse_busy(*moving);
}

}  // namespace answerback::server
