// Ajv validates one event of every type, as it arrives, against the schema that the server serves for it.
import assert from "node:assert/strict";
import Ajv2020 from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { Server, Sink, until } from "../server.mjs";
import { deliver_receipt, rest_api, sid } from "../twilio_side.mjs";

const sender = "+15125550100";

// Does all that makes an event, so that one of each type arrives.
async function live(server, sink) {
  await server.publish();
  const gone = await Sink.start(() => ({ status: 410 }));
  const { id } = await server.subscribe(sink.url);
  await server.must("PUT", "/v1/contacts/+15125550201", { first_name: "Ana", visits: 3, vip: true, note: null });
  await server.say("+15125550201", "ROOF", "1", "12", "78701");
  await server.say("+15125550202", "ROOF", "agent");
  await server.say("+15125550203", "ROOF", "STOP", "START");
  await server.text("+15125550203", "a picture", { media: ["https://example.org/roof.jpg"] });
  await server.must("POST", "/v1/contacts/+15125550201/opt-out", { source: "phone call", note: "asked us to stop" });
  await server.must("POST", "/v1/contacts/+15125550201/opt-in", { source: "web form" });

  const campaign = await server.must("POST", "/v1/campaigns", { name: "Spring", flow: "roof-estimate", from: sender });
  await server.must("POST", `/v1/campaigns/${campaign.id}/contacts`, {
    contacts: ["+15125550204", { phone: "+15125550205", fields: { first_name: "Bo" } }],
  });
  await server.must("POST", `/v1/campaigns/${campaign.id}/start`);
  await sink.wait_for("contact.entered_campaign");
  await server.say("+15125550204", "1", "12", "78701");

  const sent = JSON.parse((await sink.wait_for("message.sent", (event) => event.data.message.to === "+15125550204")).body);
  const failed = JSON.parse((await sink.wait_for("message.sent", (event) => event.data.message.to === "+15125550205")).body);
  await deliver_receipt(server, sent.data.message.id, sid(), "delivered");
  await deliver_receipt(server, failed.data.message.id, sid(), "undelivered", { ErrorCode: "30003" });

  await server.subscribe(gone.url, ["contact.created"]);
  await server.must("POST", `/v1/endpoints/${id}/test`);
  await server.text("+15125550206", "hello");
}

const types = [
  "contact.created",
  "contact.opted_in",
  "contact.opted_out",
  "contact.entered_campaign",
  "conversation.started",
  "conversation.completed",
  "conversation.bailed",
  "conversation.discarded",
  "message.received",
  "message.sent",
  "message.delivered",
  "message.failed",
  "endpoint.disabled",
  "endpoint.test",
];

// Every way in which an event may be spoiled one field at a time: a field taken away, and one too many.
function* spoiled(value, whole = value, place = "") {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return;
  for (const name of Object.keys(value)) {
    const kept = value[name];
    // Named freely: fields and answers may be there or not.
    if (!/\/(fields|answers)$/.test(place)) {
      delete value[name];
      yield [`without ${place}/${name}`, whole];
      value[name] = kept;
    }
    yield* spoiled(kept, whole, `${place}/${name}`);
  }
  value["Not A Field"] = {};
  yield [`with one more under ${place || "/"}`, whole];
  delete value["Not A Field"];
}

export default async function (test) {
  const api = await rest_api();
  const server = await Server.start({
    carriers: { twilio: { base_url: api.url } },
    senders: [{ number: sender, brand: "Acme", carrier: "twilio" }],
  });
  const sink = await Sink.start();
  await test("everything that makes an event can be done", () => live(server, sink));

  const ajv = new Ajv2020({ strict: true, allErrors: true });
  formats.default(ajv);
  const judges = new Map();
  for (const type of types) {
    await test(`the schema of ${type} is one, and its example fits`, async () => {
      const schema = await server.must("GET", `/schemas/events/${type}.v1.json`);
      judges.set(type, ajv.compile(schema));
      assert.ok(schema.examples.length > 0);
      for (const example of schema.examples) assert.ok(judges.get(type)(example), ajv.errorsText(judges.get(type).errors));
    });
    await test(`${type} fits its schema as it arrives`, async () => {
      await until(type, () => sink.types().includes(type), 10);
      for (const event of sink.events().filter((each) => each.type === type)) {
        assert.ok(judges.get(type)(event), ajv.errorsText(judges.get(type).errors) + "\n" + JSON.stringify(event));
      }
    });
    await test(`${type} with a field too few or too many does not fit`, () => {
      const event = sink.events().find((each) => each.type === type);
      let tried = 0;
      for (const [how, changed] of spoiled(event)) {
        assert.ok(!judges.get(type)(changed), `${how}: ${JSON.stringify(changed)}`);
        ++tried;
      }
      assert.ok(tried >= 5);
    });
  }
  await test("nothing arrives but events of these types", () => {
    for (const type of sink.types()) assert.ok(types.includes(type), type);
  });
  await test("the numbers of one contact's events grow one by one", () => {
    const by_contact = new Map();
    for (const event of sink.events().filter((each) => each.data.contact)) {
      by_contact.set(event.data.contact.id, [...(by_contact.get(event.data.contact.id) ?? []), event.data.sequence]);
    }
    for (const [contact, got] of by_contact) {
      const sorted = [...got].sort((a, b) => a - b);
      assert.deepEqual(
        sorted,
        sorted.map((_, i) => i + 1),
        contact,
      );
    }
  });
}
