#include "server/api/api.hpp"

#include <fmt/format.h>

#include <new>
#include <nlohmann/json.hpp>

#include "flows/phone/phone.hpp"
#include "server/http/cursor.hpp"
#include "server/http/problem.hpp"
#include "server/log/log.hpp"
#include "webhooks/crypto.hpp"
#include "webhooks/json.hpp"

namespace answerback::server {

namespace {

constexpr std::size_t max_idempotency_key = 255;

HttpResponse busy(const Call& call) {
  auto response = problem_for(call, 503, "busy", "too much is waiting; try again in a moment");
  response.headers.emplace_back("Retry-After", "1");
  return response;
}

HttpResponse broken_store(const Call& call) {
  auto response = problem_for(call, 503, "store_unavailable", "the store can't take this now; nothing was kept; try again");
  response.headers.emplace_back("Retry-After", "5");
  return response;
}

// Idempotency-Key of a POST: draft-ietf-httpapi-idempotency-key-header-07. Same key with another body is refused.
std::optional<storage::IdempotencyRecord> idempotency_of(const Call& call, engine::Instant now) {
  const auto key = call.request.header("idempotency-key");
  // A carrier has no key of ours under which the header could be kept apart; its texts are known again by the carrier's id.
  if (!key || call.key_id.empty() || call.request.method != "POST") return std::nullopt;
  storage::IdempotencyRecord record;
  const auto separator = std::string(1, '\0');
  record.key_hash = webhooks::to_hex(webhooks::sha256(call.key_id + separator + std::string(*key)));
  const auto whole = call.request.method + separator + call.request.path + separator + call.request.body;
  record.fingerprint = webhooks::to_hex(webhooks::sha256(whole));
  record.at = now;
  return record;
}

HttpResponse stored_answer(const storage::IdempotencyRecord& record) {
  HttpResponse response;
  response.status = record.status;
  response.body = record.body;
  if (record.status >= 400) response.content_type = "application/problem+json";
  response.headers.emplace_back("Idempotency-Replayed", "true");
  return response;
}

// The answer that an earlier request with this key got, or the refusal of another request under it.
std::optional<HttpResponse> repeated(Api& api, const Call& call, const storage::IdempotencyRecord& wanted) {
  const auto found = api.store.idempotency(wanted.key_hash);
  if (!found) return std::nullopt;
  if (found->fingerprint == wanted.fingerprint) return stored_answer(*found);
  return problem_for(call, 422, "idempotency_key_reused", "this Idempotency-Key came with another request before");
}

bool has_bad_key(const Call& call) {
  const auto key = call.request.header("idempotency-key");
  return key && (key->empty() || key->size() > max_idempotency_key);
}

void keep(storage::IdempotencyRecord& record, const HttpResponse& response) {
  record.status = response.status;
  record.body = response.repeat_body.value_or(response.body);
}

// A fault of ours: told to this caller alone, without what it says.
HttpResponse internal(const Call& call, const std::exception& error) {
  log(LogLevel::error, "request_failed", {{"request", call.request.id}, {"why", error.what()}});
  return problem_for(call, 500, "internal", "something went wrong on the server; nothing was kept");
}

HttpResponse change_now(Api& api, const Call& call, const Answer& change, bool& done) {
  auto record = idempotency_of(call, api.clock.now());
  try {
    if (record) {
      if (const auto before = repeated(api, call, *record)) return *before;
    }
    HttpResponse response;
    api.store.transaction([&] {
      response = change(call);
      if (!record) return;
      keep(*record, response);
      api.store.store_idempotency(*record);
    });
    done = response.status < 400;
    return response;
  } catch (const storage::StoreError& error) {
    log(LogLevel::error, "store_failed", {{"why", error.what()}});
    return broken_store(call);
  } catch (const std::bad_alloc&) {
    log(LogLevel::error, "out_of_memory", {{"request", call.request.id}, {"method", call.request.method}});
    return busy(call);
  } catch (const std::exception& error) {
    return internal(call, error);
  }
}

void run_keyed(Api& api, const std::shared_ptr<Call>& call, Job job, const JobAnswer& answer, storage::IdempotencyRecord record) {
  try {
    if (const auto before = repeated(api, *call, record)) {
      call->respond(*before);
      return;
    }
  } catch (const storage::StoreError&) {
    call->respond(broken_store(*call));
    return;
  }
  job.remember = [call, &answer, record](const Handled& handled) mutable {
    keep(record, answer(*call, handled));
    return std::optional(record);
  };
  std::vector<Job> jobs;
  jobs.push_back(std::move(job));
  api.loop.process_now(jobs);
}

HttpResponse work_now(const Call& call, const Answer& work) {
  try {
    return work(call);
  } catch (const storage::StoreError& error) {
    log(LogLevel::error, "store_failed", {{"why", error.what()}});
    return broken_store(call);
  } catch (const std::bad_alloc&) {
    log(LogLevel::error, "out_of_memory", {{"request", call.request.id}, {"method", call.request.method}});
    return busy(call);
  } catch (const std::exception& error) {
    return internal(call, error);
  }
}

// On the loop's thread, when the work is done.
void finish_work(Api& api, const Call& call, storage::IdempotencyRecord record, HttpResponse response) {
  api.works_under_way.erase(record.key_hash);
  try {
    keep(record, response);
    if (response.status < 500) api.store.store_idempotency(record);
  } catch (const storage::StoreError& error) {
    log(LogLevel::error, "store_failed", {{"why", error.what()}});
    response = broken_store(call);
  }
  call.respond(std::move(response));
}

// On the loop's thread: what a repeat gets without any work.
std::optional<HttpResponse> answer_without_work(Api& api, const Call& call, const storage::IdempotencyRecord& record) {
  try {
    if (auto before = repeated(api, call, record)) return before;
  } catch (const storage::StoreError&) {
    return broken_store(call);
  }
  if (api.works_under_way.insert(record.key_hash).second) return std::nullopt;
  return problem_for(call, 409, "idempotency_key_under_way", "the first request with this Idempotency-Key is not answered yet");
}

void start_work(Api& api, const std::shared_ptr<Call>& call, const Answer& work, const storage::IdempotencyRecord& record) {
  if (auto answer = answer_without_work(api, *call, record)) return call->respond(std::move(*answer));
  const bool taken = api.reader.submit([&api, call, work, record] {
    auto response = work_now(*call, work);
    const bool kept = api.loop.submit_task(TaskKind::keep_answer, [&api, call, record, response] { finish_work(api, *call, record, response); });
    if (!kept) call->respond(busy(*call));
  });
  if (taken) return;
  api.works_under_way.erase(record.key_hash);
  call->respond(busy(*call));
}

}  // namespace

HttpResponse json_response(int status, const ApiJson& body) {
  HttpResponse response;
  response.status = status;
  response.body = webhooks::dump(body);
  return response;
}

HttpResponse problem_for(const Call& call, int status, const std::string& code, const std::string& detail) {
  return problem(status, code, detail, call.request.id);
}

HttpResponse not_found(const Call& call, const std::string& what) {
  return problem_for(call, 404, "not_found", fmt::format("there is no such {}", what));
}

HttpResponse invalid(const Call& call, const std::vector<flows::Issue>& issues) {
  return problem(422, "invalid", "the request has problems; see errors", call.request.id, issues);
}

void answer_query(Api& api, Call call, Answer query) {
  auto shared = std::make_shared<Call>(std::move(call));
  const bool taken = api.reader.submit([shared, query = std::move(query)] { shared->respond(work_now(*shared, query)); });
  if (!taken) shared->respond(busy(*shared));
}

bool is_answered_already(Api& api, const Call& call) {
  if (has_bad_key(call)) return true;
  const auto record = idempotency_of(call, api.clock.now());
  return record && api.store.idempotency(record->key_hash).has_value();
}

void answer_change(Api& api, Call call, Answer change, std::function<void()> after, TaskKind kind) {
  if (has_bad_key(call)) return call.respond(problem_for(call, 400, "idempotency_key", "an Idempotency-Key has 1 to 255 characters"));
  auto shared = std::make_shared<Call>(std::move(call));
  const bool taken = api.loop.submit_task(kind, [&api, shared, change = std::move(change), after = std::move(after)] {
    bool done = false;
    auto response = change_now(api, *shared, change, done);
    if (done && after) after();
    shared->respond(std::move(response));
  });
  if (!taken) shared->respond(busy(*shared));
}

namespace {

void take_step(Api& api, const std::shared_ptr<Call>& call, TaskKind kind, const Step& step, const std::function<void()>& after) {
  std::optional<HttpResponse> response;
  try {
    response = step(*call);
  } catch (const storage::StoreError&) {
    return answer_change(api, std::move(*call), [](const Call&) -> HttpResponse { throw storage::StoreError("the work could not be finished; what was done stays"); });
  } catch (const std::exception& error) {
    response = internal(*call, error);
  }
  if (response) return answer_change(api, std::move(*call), [response = *response](const Call&) { return response; }, after, kind);
  if (!api.loop.submit_task(kind, [&api, call, kind, step, after] { take_step(api, call, kind, step, after); })) call->respond(busy(*call));
}

}  // namespace

void answer_in_steps(Api& api, Call call, TaskKind kind, Step step, std::function<void()> after) {
  auto shared = std::make_shared<Call>(std::move(call));
  const bool taken = api.loop.submit_task(kind, [&api, shared, kind, step = std::move(step), after = std::move(after)] {
    bool is_over = false;
    try {
      is_over = is_answered_already(api, *shared);
    } catch (const storage::StoreError&) {
      is_over = true;  // which the next look at the store will tell
    }
    if (is_over) return answer_change(api, std::move(*shared), [](const Call& asked) { return broken_store(asked); });
    take_step(api, shared, kind, step, after);
  });
  if (!taken) shared->respond(busy(*shared));
}

void answer_work(Api& api, Call call, Answer work) {
  if (has_bad_key(call)) return call.respond(problem_for(call, 400, "idempotency_key", "an Idempotency-Key has 1 to 255 characters"));
  const auto record = idempotency_of(call, api.clock.now());
  if (!record) return answer_query(api, std::move(call), std::move(work));
  auto shared = std::make_shared<Call>(std::move(call));
  const bool taken = api.loop.submit_task(TaskKind::keep_answer, [&api, shared, work = std::move(work), record = *record] { start_work(api, shared, work, record); });
  if (!taken) shared->respond(busy(*shared));
}

void answer_job(Api& api, Call call, Job job, JobAnswer answer) {
  if (has_bad_key(call)) return call.respond(problem_for(call, 400, "idempotency_key", "an Idempotency-Key has 1 to 255 characters"));
  auto shared = std::make_shared<Call>(std::move(call));
  job.done = [&api, shared, answer](const Handled& handled) {
    if (!handled.stored) return shared->respond(broken_store(*shared));
    if (!handled.duplicate_of) return shared->respond(answer(*shared, handled));
    // What came of it the first time is read, and who reads may wait for slow readers: not on the thread that tells all others.
    const bool taken = api.reader.submit([shared, answer, handled] {
      shared->respond(work_now(*shared, [&](const Call& asked) { return answer(asked, handled); }));
    });
    if (!taken) shared->respond(busy(*shared));
  };
  bool taken = false;
  if (auto record = idempotency_of(*shared, job.at)) {
    auto task_job = std::make_shared<Job>(std::move(job));
    taken = api.loop.submit_task(TaskKind::keyed_stimulus, [&api, shared, task_job, answer, record = *record] { run_keyed(api, shared, std::move(*task_job), answer, record); });
  } else {
    taken = api.loop.submit(std::move(job));
  }
  if (taken) return;
  api.metrics.turned_away();
  shared->respond(busy(*shared));
}

std::optional<flows::Json> read_body(const Call& call) {
  if (call.request.body.empty()) {
    flows::Json empty;
    empty.kind = flows::Json::Kind::object;
    return empty;
  }
  flows::JsonLimits limits;
  limits.max_bytes = call.request.body.size();  // the front has bounded it
  limits.max_nodes = 100'000;
  auto parsed = flows::parse_json(call.request.body, limits);
  if (auto* json = std::get_if<flows::Json>(&parsed)) return std::move(*json);
  const auto& issue = std::get<flows::Issue>(parsed);
  call.respond(problem(400, issue.code, issue.message, call.request.id, {issue}));
  return std::nullopt;
}

bool accept(const Call& call, const flows::Report& report) {
  if (report.ok()) return true;
  call.respond(invalid(call, report.issues()));
  return false;
}

bool accept_no_fields(const Call& call) {
  const auto body = read_body(call);
  if (!body) return false;
  flows::Report report;
  flows::Fields(*body, "", report).done();
  return accept(call, report);
}

std::optional<std::string> read_phone(const Api& api, std::string_view text) { return flows::parse_phone(text, api.config.engine.country); }

std::optional<engine::ContactKey> named_contact(const Api& api, const std::string& text) {
  if (const auto key = engine::parse_contact_key(text)) return key;
  const auto phone = read_phone(api, text);
  const auto contact = phone ? api.store.find_contact(*phone) : std::nullopt;
  return contact ? std::optional(contact->key) : std::nullopt;
}

bool accept(const Call& call, Query& query) {
  if (query.done()) return true;
  // By its own name: whoever keeps a place between calls must know that it is gone.
  for (const auto& issue : query.issues()) {
    if (issue.code != foreign_cursor_code) continue;
    call.respond(problem(400, issue.code, issue.message, call.request.id, query.issues()));
    return false;
  }
  call.respond(problem(400, "invalid_query", "the query has problems; see errors", call.request.id, query.issues()));
  return false;
}

ApiJson next_json(const Api& api, std::int64_t next) { return next == 0 ? ApiJson() : ApiJson(to_cursor(next, api.store.identity())); }

ApiJson page_json(ApiJson data) { return {{"data", std::move(data)}, {"next", nullptr}}; }

ApiJson page_json(const Api& api, ApiJson data, std::int64_t next) { return {{"data", std::move(data)}, {"next", next_json(api, next)}}; }

void add_routes(Router& router, Api& api) {
  add_inbound_routes(router, api);
  add_twilio_routes(router, api);
  add_other_carrier_routes(router);
  add_conversation_routes(router, api);
  add_contact_routes(router, api);
  add_flow_routes(router, api);
  add_revision_routes(router, api);
  add_campaign_routes(router, api);
  add_endpoint_routes(router, api);
  add_event_routes(router, api);
  add_message_routes(router, api);
  add_key_routes(router, api);
  add_health_routes(router, api);
}

}  // namespace answerback::server
