// Standard Webhooks' own library and Svix's verify what the server signs, and refuse what was touched on the way.
import assert from "node:assert/strict";
import { Webhook as StandardWebhook } from "standardwebhooks";
import { Webhook as SvixWebhook } from "svix";
import { Server, Sink } from "../server.mjs";

const libraries = { standardwebhooks: StandardWebhook, svix: SvixWebhook };

function refused_by_all(secret, body, headers) {
  for (const [name, Webhook] of Object.entries(libraries)) {
    assert.throws(() => new Webhook(secret).verify(body, headers), `${name} let it pass`);
  }
}

function without(headers, name) {
  const { [name]: _, ...rest } = headers;
  return rest;
}

// What somebody in between might change.
const tampered = {
  "one byte of the body": ({ body, headers }) => [body.replace('"type"', '"tYpe"'), headers],
  "a space behind the body": ({ body, headers }) => [body + " ", headers],
  "another id": ({ body, headers }) => [body, { ...headers, "webhook-id": headers["webhook-id"] + "0" }],
  "another time": ({ body, headers }) => [
    body,
    { ...headers, "webhook-timestamp": String(Number(headers["webhook-timestamp"]) - 1) },
  ],
  "no id": ({ body, headers }) => [body, without(headers, "webhook-id")],
  "no time": ({ body, headers }) => [body, without(headers, "webhook-timestamp")],
  "no signature": ({ body, headers }) => [body, without(headers, "webhook-signature")],
  "a signature of another version": ({ body, headers }) => [
    body,
    { ...headers, "webhook-signature": headers["webhook-signature"].replaceAll("v1,", "v2,") },
  ],
  "half a signature": ({ body, headers }) => [
    body,
    { ...headers, "webhook-signature": headers["webhook-signature"].slice(0, 20) },
  ],
};

export default async function (test) {
  const server = await Server.start();
  const sink = await Sink.start();
  await server.publish();
  const endpoint = await server.subscribe(sink.url + "/hook", ["conversation.*", "contact.*"], { headers: { "X-Crm": "acme" } });

  await server.say("+15125550101", "ROOF", "1", "12", "78701");
  await server.say("+15125550102", "ROOF", "agent");
  await server.say("+15125550103", "ROOF", "STOP", "START");
  const expected = {
    completed: await sink.wait_for("conversation.completed"),
    bailed: await sink.wait_for("conversation.bailed"),
    discarded: await sink.wait_for("conversation.discarded"),
    "opted out": await sink.wait_for("contact.opted_out"),
    "opted in": await sink.wait_for("contact.opted_in"),
  };

  for (const [library, Webhook] of Object.entries(libraries)) {
    for (const [what, came] of Object.entries(expected)) {
      await test(`${library} verifies the webhook of what ${what}`, () => {
        assert.deepEqual(new Webhook(endpoint.secret).verify(came.body, came.headers), JSON.parse(came.body));
      });
    }
    await test(`${library} verifies every webhook there was`, () => {
      assert.ok(sink.got.length >= 10);
      for (const each of sink.got) new Webhook(endpoint.secret).verify(each.body, each.headers);
    });
  }
  for (const [what, change] of Object.entries(tampered)) {
    await test(`with ${what} a webhook is refused`, () => refused_by_all(endpoint.secret, ...change(expected.completed)));
  }
  await test("with another endpoint's secret a webhook is refused", async () => {
    const other = await server.subscribe(sink.url + "/other", ["endpoint.disabled"]);
    refused_by_all(other.secret, expected.completed.body, expected.completed.headers);
  });
  await test("the header's id is the event's, so that a second time can be told", () => {
    for (const each of sink.got) assert.equal(each.headers["webhook-id"], JSON.parse(each.body).id);
    assert.equal(new Set(sink.got.map((each) => each.headers["webhook-id"])).size, sink.got.length);
  });
  await test("an endpoint's own headers come along, as JSON is announced", () => {
    for (const each of sink.got) {
      assert.equal(each.headers["x-crm"], "acme");
      assert.match(each.headers["content-type"], /^application\/json/);
    }
  });
  await test("after a rotation both the new and the old secret verify", async () => {
    const rotated = await server.must("POST", `/v1/endpoints/${endpoint.id}/rotate-secret`);
    assert.notEqual(rotated.secret, endpoint.secret);
    await server.say("+15125550104", "ROOF", "agent");
    const came = await sink.wait_for("conversation.bailed", (event) => event.data.contact.phone === "+15125550104");
    for (const Webhook of Object.values(libraries)) {
      new Webhook(rotated.secret).verify(came.body, came.headers);
      new Webhook(endpoint.secret).verify(came.body, came.headers);
    }
  });
}
