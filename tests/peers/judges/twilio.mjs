// What Twilio's own library signs is let in; what differs from it in anything that is signed is not.
// The rules: twilio.com/docs/usage/webhooks/webhooks-security.
import assert from "node:assert/strict";
import { public_url, Server, twilio_token, until } from "../server.mjs";
import {
  deliver_receipt,
  deliver_text,
  incoming,
  MessagingResponse,
  post,
  rest_api,
  sid,
  sign,
  with_percent,
  with_plus,
} from "../twilio_side.mjs";

// name -> [what is sent, as what it is encoded]
const accepted = {
  "a text, blanks as +": [incoming(), with_plus],
  "a text, blanks as %20": [incoming(), with_percent],
  "a text with a literal +": [incoming({ Body: "1+1 = 2 & more? 100%" }), with_plus],
  "an empty text": [incoming({ Body: "" }), with_plus],
  "accents, emoji and Chinese": [incoming({ Body: "Sí, mañana 😀 你好" }), with_plus],
  "accents, percent-encoded": [incoming({ Body: "Sí, mañana 😀 你好" }), with_percent],
  "line breaks and tabs": [incoming({ Body: "one\ntwo\r\n\tthree" }), with_plus],
  "a parameter twice": [incoming({ Extra: ["b", "a"] }), with_plus],
  "a parameter twice with the same value": [incoming({ Extra: ["a", "a"] }), with_plus],
  "parameters that only later versions know": [incoming({ ChannelMetadata: '{"type":"x"}', zip: "1", Zip: "2" }), with_plus],
  "a picture": [
    incoming({ NumMedia: "1", MediaUrl0: "https://api.twilio.com/x.jpg", MediaContentType0: "image/jpeg" }),
    with_plus,
  ],
};

// name -> what becomes of an honest {params, body, signature}
const refused = {
  "another byte in the body": ({ params, signature }) => [with_plus({ ...params, Body: params.Body + "x" }), signature],
  "another sender": ({ params, signature }) => [with_plus({ ...params, From: "+15125550143" }), signature],
  "a parameter more": ({ body, signature }) => [body + "&OptOutType=STOP", signature],
  "a parameter less": ({ params, signature }) => {
    const { NumMedia, ...rest } = params;
    return [with_plus(rest), signature];
  },
  "a parameter in another case": ({ body, signature }) => [body.replace("NumMedia=", "nummedia="), signature],
  "a value repeated with another": ({ body, signature }) => [body + "&Body=other", signature],
  "a literal + that means a blank": ({ params }) => [with_plus({ ...params, Body: "1 1" }), sign({ ...params, Body: "1+1" })],
  "another token": ({ params, body }) => [body, sign(params, { token: twilio_token + "x" })],
  "another path": ({ params, body }) => [body, sign(params, { path: "/v1/inbound/telnyx" })],
  "a query that was not there": ({ params, body }) => [body, sign(params, { path: "/v1/inbound/twilio?a=1" })],
  "another host": ({ params, body }) => [body, sign(params, { base: "https://bot.example.com" })],
  "http for https": ({ params, body }) => [body, sign(params, { base: "http://bot.example.org" })],
  "another port": ({ params, body }) => [body, sign(params, { base: public_url + ":8443" })],
  "no signature": ({ body }) => [body, null],
  "an empty signature": ({ body }) => [body, ""],
  "half a signature": ({ body, signature }) => [body, signature.slice(0, 14)],
  "a signature of nothing": ({ body }) => [body, sign({})],
};

async function inbound(test, server) {
  for (const [what, [params, encode]] of Object.entries(accepted)) {
    await test(`lets in ${what}`, async () => {
      const answer = await post(server, encode(params), sign(params));
      assert.equal(answer.status, 200, answer.text);
      assert.equal(answer.type, "text/xml");
      assert.equal(answer.text, new MessagingResponse().toString());
    });
  }
  for (const [what, base] of Object.entries({ "without its port": public_url, "with its port": public_url + ":443" })) {
    await test(`lets in a signature over the URL ${what}`, async () => {
      const params = incoming();
      assert.equal((await post(server, with_plus(params), sign(params, { base }))).status, 200);
    });
  }
  for (const [what, change] of Object.entries(refused)) {
    await test(`refuses ${what}`, async () => {
      const params = incoming();
      const [body, signature] = change({ params, body: with_plus(params), signature: sign(params) });
      const answer = await post(server, body, signature);
      assert.equal(answer.status, 403, answer.text);
      assert.equal(answer.json.code, "invalid_signature");
    });
  }
}

async function other_url(test) {
  const server = await Server.start({ carriers: { twilio: { public_url: public_url + ":8443/sms/" } } });
  await test("a public URL with port and path is what must be signed", async () => {
    const params = incoming();
    for (const base of [public_url + ":8443/sms", public_url + "/sms"]) {
      assert.equal((await post(server, with_plus(params), sign(params, { base }))).status, 200, base);
    }
    assert.equal((await post(server, with_plus(params), sign(params))).status, 403);
    assert.equal((await post(server, with_plus(params), sign(params, { base: public_url + ":443/sms" }))).status, 403);
  });
}

async function conversation(test, server) {
  const say = 'A & B < C > "D" – it\'s 5\u20ac 😀';
  await server.publish({
    flow: "escapes",
    triggers: { keywords: ["ESCAPES"] },
    sender: "A & B",
    start: "hello",
    steps: { hello: { say, next: "ask" }, ask: { ask: "And now?", answer: "now", next: "bye" }, bye: { complete: "told" } },
  });
  await test("the replies are TwiML as Twilio's own library writes it", async () => {
    const expected = new MessagingResponse();
    expected.message(say);
    expected.message("And now?");
    assert.equal((await deliver_text(server, "+15125550110", "escapes")).text, expected.toString());
  });
  await test("Twilio's second try gets the same answer, and nothing happens twice", async () => {
    const params = incoming({ From: "+15125550111", Body: "escapes" });
    const first = await post(server, with_plus(params), sign(params));
    const second = await post(server, with_plus(params), sign(params));
    assert.ok(first.text.includes("<Message>"));
    assert.equal(second.text, first.text);
    assert.equal((await server.must("GET", "/v1/messages?contact=%2B15125550111&direction=in")).data.length, 1);
  });
  await test("a header that is for callers with a key of their own changes nothing", async () => {
    const params = incoming({ From: "+15125550112", Body: "escapes" });
    const again = () => post(server, with_plus(params), sign(params), "/v1/inbound/twilio", { "idempotency-key": "mine" });
    const first = await again();
    const second = await again();
    assert.deepEqual([second.type, second.text], [first.type, first.text]);
    assert.equal(second.type, "text/xml");
  });
}

async function receipts(test) {
  const api = await rest_api();
  const server = await Server.start({
    carriers: { twilio: { base_url: api.url } },
    senders: [{ number: "+15125550100", brand: "Acme", carrier: "twilio" }],
  });
  await server.publish();
  const started = await server.must("POST", "/v1/conversations", {
    flow: "roof-estimate",
    to: "+15125550120",
    from: "+15125550100",
  });
  const id = started.replies[0].id;
  const status = async () =>
    (await server.must("GET", "/v1/messages?contact=%2B15125550120&direction=out")).data.find((each) => each.id === id).status;

  await test("a text leaves by the REST API with a callback that names it", async () => {
    await until("the text is sent", async () => (await status()) === "sent");
    const sent = api.got.find((each) => new URLSearchParams(each.body).get("StatusCallback").endsWith(id));
    const form = new URLSearchParams(sent.body);
    assert.equal(form.get("To"), "+15125550120");
    assert.equal(form.get("From"), "+15125550100");
    assert.equal(form.get("Body"), started.replies[0].text);
    assert.ok(form.get("StatusCallback").startsWith(public_url + "/v1/carriers/twilio/status?"));
    assert.equal(
      sent.headers.authorization,
      "Basic " + Buffer.from(`AC0123456789abcdef0123456789abcdef:${twilio_token}`).toString("base64"),
    );
  });
  await test("a receipt that Twilio did not sign changes nothing", async () => {
    const path = `/v1/carriers/twilio/status?message=${id}`;
    const params = { MessageSid: sid(), MessageStatus: "delivered" };
    assert.equal((await post(server, with_plus(params), sign(params), path)).status, 403);
    assert.equal(await status(), "sent");
  });
  await test("a signed receipt does", async () => {
    assert.equal((await deliver_receipt(server, id, sid(), "delivered")).status, 204);
    await until("the text is delivered", async () => (await status()) === "delivered");
  });
}

export default async function (test) {
  const server = await Server.start();
  await inbound(test, server);
  await other_url(test);
  await conversation(test, server);
  await receipts(test);
}
