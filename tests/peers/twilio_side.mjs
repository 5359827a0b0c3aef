// Twilio's half of the talk: signed form posts as its library signs them, and its REST API as far as sending needs it.
import { createRequire } from "node:module";
import { public_url, Sink, twilio_token } from "./server.mjs";

const require = createRequire(import.meta.url);
export const { MessagingResponse } = require("twilio").twiml;
const { getExpectedTwilioSignature } = require("twilio/lib/webhooks/webhooks.js");

export const sign = (params, { path = "/v1/inbound/twilio", base = public_url, token = twilio_token } = {}) =>
  getExpectedTwilioSignature(token, base + path, params);

const pairs = (params) => Object.entries(params).flatMap(([name, value]) => [value].flat().map((each) => [name, each]));
export const with_plus = (params) => new URLSearchParams(pairs(params)).toString();
export const with_percent = (params) =>
  pairs(params)
    .map((pair) => pair.map(encodeURIComponent).join("="))
    .join("&");

// `signature` null = no header.
export function post(server, body, signature, path = "/v1/inbound/twilio", more = {}) {
  const headers = { "content-type": "application/x-www-form-urlencoded", ...more };
  if (signature !== null) headers["x-twilio-signature"] = signature;
  return server.call("POST", path, undefined, { key: null, raw: body, headers });
}

let count = 0;
export const sid = () => "SM" + String(++count).padStart(32, "0");

// What Twilio posts for a text; a new one each time.
export const incoming = (more = {}) => ({
  MessageSid: sid(),
  SmsSid: "SM1",
  AccountSid: "AC0123456789abcdef0123456789abcdef",
  From: "+15125550142",
  To: "+15125550100",
  Body: "hello there",
  NumMedia: "0",
  NumSegments: "1",
  ApiVersion: "2010-04-01",
  ...more,
});

// Sends a text as Twilio does, and its delivery receipt.
export function deliver_text(server, from, text) {
  const params = incoming({ From: from, Body: text });
  return post(server, with_plus(params), sign(params));
}
export function deliver_receipt(server, message_id, message_sid, status, more = {}) {
  const path = `/v1/carriers/twilio/status?message=${message_id}`;
  const params = { MessageSid: message_sid, MessageStatus: status, AccountSid: "AC0123456789abcdef0123456789abcdef", ...more };
  return post(server, with_plus(params), sign(params, { path }), path);
}

// The REST API: takes every message, and gives it an id.
export const rest_api = () => Sink.start(() => ({ status: 201, body: JSON.stringify({ sid: sid(), status: "queued" }) }));
