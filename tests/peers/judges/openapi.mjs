// A linter passes the served OpenAPI document, and every call of it is made: what comes back is what the document says.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { Judge } from "../openapi.mjs";
import { Server, Sink, until } from "../server.mjs";
import { deliver_receipt, deliver_text, rest_api, sid } from "../twilio_side.mjs";

const ana = "+15125550301";
const sender = "+15125550100";

async function lint(document) {
  const config = await createConfig({ extends: ["recommended-strict"] });
  const problems = await lintFromString({ source: JSON.stringify(document), absoluteRef: "/openapi.json", config });
  return problems.map((each) => `${each.ruleId}: ${each.message} at ${each.location?.[0]?.pointer}`);
}

async function linted(test, document) {
  await test("the linter passes the document by its strict rules", async () => assert.deepEqual(await lint(document), []));
  await test("the linter does see what is wrong with a document", async () => {
    const broken = structuredClone(document);
    delete broken.paths["/v1/inbound"].post.operationId;
    broken.paths["/v1/keys"].get.responses["200"].content["application/json"].schema.properties.data.items.$ref += "s";
    broken.components.schemas.Next.type = "text";
    const rules = (await lint(broken)).map((each) => each.split(":")[0]);
    for (const rule of ["operation-operationId", "no-unresolved-refs", "struct"]) assert.ok(rules.includes(rule), rule);
  });
}

// Makes a call under an Idempotency-Key and repeats it: nothing happens a second time, and the answer is the first one, but
// for an API key: only its hash is stored, so it is shown once.
async function twice(server, target, body) {
  const headers = { "idempotency-key": randomUUID() };
  const first = await server.call("POST", target, body, { headers });
  assert.ok(first.status < 300, `POST ${target}: ${first.status} ${first.text}`);
  const second = await server.call("POST", target, body, { headers });
  const { key, ...kept } = first.json;
  assert.deepEqual([second.status, second.type, second.json], [first.status, first.type, kept]);
  assert.ok(second.replayed && !first.replayed, `POST ${target} was done twice`);
  return first.json;
}

// Things to look at: conversations in every state, a campaign, deliveries that went well and badly.
async function filled(server, sink) {
  const failing = await Sink.start(() => ({ status: 500, body: "out of order" }));
  await server.publish();
  const endpoint = await twice(server, "/v1/endpoints", {
    url: sink.url,
    events: ["*"],
    description: "the CRM",
    headers: { "X-Crm": "acme" },
  });
  const other = await server.subscribe(failing.url, ["conversation.*"], { filter: { outcome: ["completed", "bailed"] } });
  await server.must("PUT", `/v1/contacts/${ana}`, { fields: { first_name: "Ana", age: 41, vip: true, note: null } });
  await server.say(ana, "ROOF", "1", "12", "78701");
  const bailed = await server.say("+15125550302", "ROOF", "agent");
  const running = await twice(server, "/v1/conversations", {
    flow: "roof-estimate",
    to: "+15125550303",
    from: sender,
    contact: { first_name: "Cy" },
  });
  await server.text("+15125550304", "STOP");
  await twice(server, "/v1/keys", { label: "the phone room", scopes: ["operate"] });
  const campaign = await twice(server, "/v1/campaigns", { name: "Spring", flow: "roof-estimate", from: sender });
  await twice(server, `/v1/campaigns/${campaign.id}/contacts`, {
    contacts: [{ phone: "+15125550305", fields: { first_name: "Di" } }, "+15125550304"],
  });
  await twice(server, `/v1/campaigns/${campaign.id}/start`);
  const event = JSON.parse((await sink.wait_for("contact.entered_campaign")).body);
  const delivered = await until(
    "a delivery",
    async () => (await server.must("GET", `/v1/deliveries?endpoint=${endpoint.id}&status=delivered`)).data[0],
  );
  const tried = await until("a failed attempt", async () =>
    (await server.must("GET", `/v1/deliveries?endpoint=${other.id}`)).data.find((each) => each.attempts > 0),
  );
  return { endpoint, other, bailed: bailed.conversation.id, running, campaign, event, delivered, tried };
}

// The path parameters of each GET, by its template; a route that is not here has none.
const places = (made) => ({
  "/v1/conversations/{id}": [made.bailed, made.running.id],
  "/v1/contacts/{phone}": [ana, "%2B15125550304"],
  "/v1/contacts/{phone}/consent": ["+15125550304"],
  "/v1/flows/{name}": ["roof-estimate"],
  "/v1/flows/{name}/revisions": ["roof-estimate"],
  "/v1/flows/{name}/revisions/{revision}": [["roof-estimate", "1"]],
  "/v1/flows/{name}/revisions/{from}/diff/{to}": [["roof-estimate", "1", "1"]],
  "/v1/campaigns/{id}": [made.campaign.id],
  "/v1/endpoints/{id}": [made.endpoint.id, made.other.id],
  "/v1/events/{id}": [made.event.id],
  "/v1/deliveries/{id}": [made.delivered.id, made.tried.id],
  "/schemas/events/{name}": ["conversation.completed.v1.json", "endpoint.test.v1.json"],
});

const targets = (template, values) =>
  (values ?? [[]]).map((value) => [value].flat().reduce((path, each) => path.replace(/\{[^}]+\}/, each), template));

async function reads(test, server, judge, made) {
  for (const { name, path, method } of judge.operations().filter((each) => each.method === "get")) {
    await test(`${name} answers as it says`, async () => {
      for (const target of targets(path, places(made)[path])) {
        assert.ok(!target.includes("{"), `${path}: no values for its parameters`);
        const answer = await server.call(method.toUpperCase(), target);
        assert.equal(answer.status, 200, answer.text);
        if (Array.isArray(answer.json?.data)) assert.ok(answer.json.data.length > 0, "an empty list proves nothing");
      }
    });
  }
  for (const [what, query] of Object.entries({
    conversations: "outcome=bailed&flow=roof-estimate",
    events: "type=conversation.*",
    deliveries: "status=delivered",
    messages: `direction=out&contact=%2B${ana.slice(1)}`,
  })) {
    await test(`/v1/${what} is paged and filtered`, async () => {
      const all = (await server.must("GET", `/v1/${what}?${query}&limit=500`)).data;
      const paged = [];
      let next = "";
      for (let page = 0; page < 300 && next !== null; ++page) {
        const answer = await server.must("GET", `/v1/${what}?${query}&limit=1${next && `&after=${next}`}`);
        paged.push(...answer.data);
        next = answer.data.length ? answer.next : null;
      }
      assert.ok(all.length > 0);
      assert.deepEqual(
        paged.map((each) => each.id),
        all.map((each) => each.id),
      );
    });
  }
}

async function changes(test, server, made) {
  await test("every change answers as it says", async () => {
    await twice(server, `/v1/conversations/${made.running.id}/bail`, { reason: "operator" });
    for (const [verb, phone] of [
      ["complete", "+15125550311"],
      ["discard", "+15125550312"],
    ]) {
      const { id } = await twice(server, "/v1/conversations", { flow: "roof-estimate", to: phone });
      await twice(server, `/v1/conversations/${id}/${verb}`);
    }
    await twice(server, "/v1/contacts/+15125550313/opt-out", { source: "letter", note: "by post", evidence: "letter 12" });
    await twice(server, "/v1/contacts/+15125550313/opt-in", {});
    await server.call("DELETE", "/v1/contacts/+15125550313");
    await twice(server, `/v1/campaigns/${made.campaign.id}/pause`);
    const { revision } = await server.publish();
    await twice(server, "/v1/flows/roof-estimate/migrate", { from: 1, to: revision });
    const one = `/v1/endpoints/${made.endpoint.id}`;
    await server.must("PATCH", one, { description: "the other CRM", filter: null, enabled: true });
    await twice(server, `${one}/test`);
    await twice(server, `${one}/rotate-secret`);
    await twice(server, `${one}/enable`, {});
    await twice(server, `${one}/replay`, { since: "2026-01-01T00:00:00Z" });
    await twice(server, `${one}/redeliver`, { type: "contact.*" });
    await twice(server, `/v1/deliveries/${made.delivered.id}/redeliver`);
    // Nobody listens on the discard port: what is for it waits, and may be given up.
    const deaf = await server.must("POST", "/v1/endpoints", { url: "http://127.0.0.1:9/hook", events: ["contact.created"] });
    const waiting = await server.must("POST", `/v1/endpoints/${deaf.id}/test`);
    await twice(server, `/v1/deliveries/${waiting.delivery_id}/skip`);
    await server.call("DELETE", `/v1/endpoints/${deaf.id}`);
    await server.call("DELETE", `/v1/endpoints/${made.other.id}`);
    const { id } = await twice(server, "/v1/keys", { label: "the CRM", scopes: ["read", "inbound"] });
    await server.call("DELETE", `/v1/keys/${id}`);
    await server.must("POST", "/v1/backups");
    await twice(server, "/v1/inbound", { from: "+15125550315", text: "ROOF", to: sender });
    await deliver_text(server, "+15125550314", "ROOF");
    await deliver_receipt(server, made.running.replies[0].id, sid(), "delivered");
  });
}

async function refusals(test, server, judge) {
  const gets = judge.operations().filter((each) => each.method === "get");
  const cases = [
    ["POST", "/v1/inbound", { raw: "{" }, 400],
    ["POST", "/v1/inbound", { raw: '{"from":"+1","from":"+2"}' }, 400],
    ["POST", "/v1/inbound", { raw: '{"from":"12","text":1,"colour":"red"}' }, 422],
    ["POST", "/v1/inbound", { raw: "a=b", headers: { "content-type": "text/plain" } }, 415],
    ["POST", "/v1/conversations", { raw: '{"flow":"none","to":"+15125550399"}' }, 404],
    ["POST", "/v1/conversations", { raw: `{"flow":"roof-estimate","to":"+15125550304"}` }, 409],
    ["PUT", "/v1/flows/roof-estimate", { raw: '{"flow":"roof-estimate"}' }, 422],
    ["POST", "/v1/endpoints", { raw: '{"url":"ftp://x","events":["conversation.ended"]}' }, 422],
    ["GET", "/v1/messages?colour=red&limit=0", {}, 400],
    ["POST", "/v1/campaigns/cmp_999/start", {}, 404],
    ["DELETE", "/v1/keys/none", {}, 404],
    ["POST", "/v1/keys", { headers: { "idempotency-key": "x".repeat(256) }, raw: '{"label":"a","scopes":["read"]}' }, 400],
  ];
  for (const [method, target, more, status] of cases) {
    await test(`${method} ${target} with ${more.raw?.slice(0, 60) ?? "nothing"} is refused as it says`, async () => {
      const answer = await server.call(method, target, undefined, more);
      assert.equal(answer.status, status, answer.text);
      assert.equal(answer.json.status, status);
      if (status === 422) assert.ok(answer.json.errors.length > 0);
    });
  }
  await test("what is not there is not found, with a problem document", async () => {
    for (const { path } of gets.filter((each) => each.path.includes("{"))) {
      assert.equal((await server.call("GET", path.replaceAll(/\{[^}]+\}/g, "0"))).status, 404, path);
    }
  });
  await test("without a key every call that needs one is refused", async () => {
    for (const { path, method, operation } of judge.operations().filter((each) => each.operation.security.length > 0)) {
      const answer = await server.call(method.toUpperCase(), path.replaceAll(/\{[^}]+\}/g, "0"), undefined, { key: null });
      assert.equal(answer.status, 401, `${method} ${path}`);
    }
  });
  await test("a key opens the calls of its scope, and no other", async () => {
    const { key } = await server.must("POST", "/v1/keys", { label: "reader", scopes: ["read"] });
    for (const { path, method, operation } of judge.operations().filter((each) => each.operation.security.length > 0)) {
      const { status } = await server.call(method.toUpperCase(), path.replaceAll(/\{[^}]+\}/g, "0"), undefined, { key });
      assert.equal(status === 403, operation.security[0].key[0] !== "read", `${method} ${path}: ${status}`);
    }
  });
}

export default async function (test) {
  const api = await rest_api();
  let judge;
  const seen = [];
  const watch = (exchange) => seen.push(exchange);
  const server = await Server.start(
    { carriers: { twilio: { base_url: api.url } }, senders: [{ number: sender, brand: "Acme", carrier: "twilio" }] },
    watch,
  );
  const sink = await Sink.start();
  const document = await server.must("GET", "/openapi.json");
  await linted(test, document);
  judge = new Judge(document);

  const made = await filled(server, sink);
  await reads(test, server, judge, made);
  await changes(test, server, made);
  await refusals(test, server, judge);

  await test("every answer there was, and every body that was taken, fits the document", () => {
    const wrong = [...new Set(seen.map((each) => judge.problem_of(each)).filter(Boolean))];
    assert.equal(wrong.length, 0, `${wrong.length} of ${seen.length}:\n${wrong.slice(0, 10).join("\n")}`);
  });
  await test("every call that takes an Idempotency-Key was repeated under one", () => {
    const repeated = new Set(seen.filter((each) => each.replayed).map((each) => judge.find(each.method, each.path).name));
    const takes_key = ({ operation }) =>
      operation.parameters?.some((each) => each.$ref === "#/components/parameters/idempotency_key");
    const missing = judge.operations().filter((each) => takes_key(each) && !repeated.has(each.name));
    assert.deepEqual(
      missing.map((each) => each.name),
      [],
    );
  });
  await test("every call of the document was made with success", () => {
    assert.deepEqual(
      judge
        .operations()
        .map((each) => each.name)
        .filter((name) => !judge.seen.has(name)),
      [],
    );
  });
}
