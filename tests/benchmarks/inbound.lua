-- Load for wrk: texts of random contacts, each the next one of that contact's conversation, under ids that never repeat.
-- Contact n has already sent the first n % 5 texts, as `bench_seed underway` left it.
--   wrk ... -s inbound.lua URL -- PREFIX CONTACTS [SENT]      SENT: instead, every contact has sent that many
-- The key comes from ANSWERBACK_ADMIN_KEY. Prints one JSON object at the end.
local texts = { "ROOF", "its leaking", "yes", "about 12 years", "78701" }
local stage = {}
local sent = 0
local prefix, contacts, all_sent

local headers = {
  ["Authorization"] = "Bearer " .. (os.getenv("ANSWERBACK_ADMIN_KEY") or "none"),
  ["Content-Type"] = "application/json",
}

function init(args)
  prefix = args[1]
  contacts = tonumber(args[2])
  all_sent = tonumber(args[3])
  math.randomseed(20260302)
end

function request()
  local contact = math.random(contacts)
  local turn = (stage[contact] or all_sent or contact % #texts) % #texts + 1
  stage[contact] = turn
  sent = sent + 1
  local body = string.format('{"id":"%s-%d","from":"+1512%d","text":"%s"}', prefix, sent, 2000000 + contact, texts[turn])
  return wrk.format("POST", "/v1/inbound", headers, body)
end

function done(summary, latency)
  local failed = summary.errors
  io.write(string.format(
    '{"requests":%d,"seconds":%.6f,"refused":%d,"broken":%d,"timeouts":%d,"p50_ms":%.3f,"p99_ms":%.3f}\n',
    summary.requests, summary.duration / 1e6, failed.status, failed.connect + failed.read + failed.write, failed.timeout,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
