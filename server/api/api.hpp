// What all routes share: who answers, on which thread, and how a POST is made repeatable. One file per resource beside this.
#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <set>
#include <string>

#include "flows/fields.hpp"
#include "server/clock.hpp"
#include "server/config/config.hpp"
#include "server/config/secrets.hpp"
#include "server/http/auth.hpp"
#include "server/http/query.hpp"
#include "server/http/router.hpp"
#include "server/loop/loop.hpp"
#include "server/loop/reader.hpp"

namespace answerback::server {

// Everything outlives the routes. `turns` and the store's writing calls are for the loop's thread only.
struct Api {
  storage::Store& store;
  Turns& turns;
  Loop& loop;
  Reader& reader;
  Reader& publisher;  // loads flows, which takes its time: whoever asks for something else need not wait for that
  Clock& clock;
  Metrics& metrics;
  const Config& config;
  KeyRing& keys;
  std::function<bool()> draining;
  std::function<std::size_t()> connections;
  std::function<std::string(const std::string& phone)> phone_hash;
  CallRules calls = {};  // by which the calls of flows are judged
  std::set<std::string> works_under_way = {};  // by Idempotency-Key; see answer_work
};

using ApiJson = nlohmann::ordered_json;

HttpResponse json_response(int status, const ApiJson& body);
HttpResponse problem_for(const Call& call, int status, const std::string& code, const std::string& detail);
HttpResponse not_found(const Call& call, const std::string& what);
HttpResponse invalid(const Call& call, const std::vector<flows::Issue>& issues);  // 422 with all of them

// Runs a query on the reader's thread; a broken store or too much waiting is 503.
using Answer = std::function<HttpResponse(const Call&)>;
void answer_query(Api& api, Call call, Answer query);

// Runs a change on the loop's thread in one transaction, an Idempotency-Key's stored answer in the same one. `after` runs
// when that is on disk, for what must follow it in memory.
void answer_change(Api& api, Call call, Answer change, std::function<void()> after = {}, TaskKind kind = TaskKind::change);

// For a change in several tasks, before its first: whether an Idempotency-Key leaves nothing to do but to let answer_change say so.
// On the loop's thread; may throw StoreError.
bool is_answered_already(Api& api, const Call& call);

// For a change that is too long for one task: `step` runs again and again on the loop's thread, with other work between, until it gives
// the answer. What it stored before a failure stays.
using Step = std::function<std::optional<HttpResponse>(const Call&)>;
void answer_in_steps(Api& api, Call call, TaskKind kind, Step step, std::function<void()> after = {});

// The same for what takes long and changes nothing in the store: the work runs on the reader's thread, an Idempotency-Key's
// answer is stored when it is done, and a repeat before that is 409.
void answer_work(Api& api, Call call, Answer work);

// Lets a stimulus be decided; `answer` reads what came of it. With an Idempotency-Key the answer is stored in the same
// commit, so it must depend on the decision alone.
using JobAnswer = std::function<HttpResponse(const Call&, const Handled&)>;
void answer_job(Api& api, Call call, Job job, JobAnswer answer);

// The body as JSON, or nothing after the problem was answered. An empty body reads as {}.
std::optional<flows::Json> read_body(const Call& call);

// True when the report has no errors; else answers 422 with all of them.
bool accept(const Call& call, const flows::Report& report);

// For calls that take no fields: true when the body is empty or {}; else answers with what is wrong with it.
bool accept_no_fields(const Call& call);

// E.164 from a path parameter or field; reports `invalid_phone`.
std::optional<std::string> read_phone(const Api& api, std::string_view text);

// Who a `contact` query means: an id or a phone number. A query: not on the I/O thread.
std::optional<engine::ContactKey> named_contact(const Api& api, const std::string& text);

// True when the query has nothing unknown or wrong; else answers 400 with all of it.
bool accept(const Call& call, Query& query);

// {"data": […], "next": "…"|null}; without a place it is the whole list. 0 = no more.
ApiJson page_json(const Api& api, ApiJson data, std::int64_t next);
ApiJson page_json(ApiJson data);
ApiJson next_json(const Api& api, std::int64_t next);

void add_inbound_routes(Router& router, Api& api);
void add_twilio_routes(Router& router, Api& api);
void add_other_carrier_routes(Router& router);
void add_conversation_routes(Router& router, Api& api);
void add_contact_routes(Router& router, Api& api);
void add_flow_routes(Router& router, Api& api);
void migrate_flow(Api& api, Call call);  // POST /v1/flows/{name}/migrate
void add_revision_routes(Router& router, Api& api);
void add_campaign_routes(Router& router, Api& api);
void add_endpoint_routes(Router& router, Api& api);
void add_event_routes(Router& router, Api& api);
void add_message_routes(Router& router, Api& api);
void add_key_routes(Router& router, Api& api);
void add_health_routes(Router& router, Api& api);

// All of the above.
void add_routes(Router& router, Api& api);

}  // namespace answerback::server
