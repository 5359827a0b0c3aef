// Ajv and the server's loader judge the same flows by the published schema: what the loader refuses for its shape the schema
// refuses too, so that an editor shows it; what the loader takes the schema takes.
import assert from "node:assert/strict";
import Ajv from "ajv";
import formats from "ajv-formats";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { root, Server } from "../server.mjs";

// The loader's codes for what a schema can see; the others take more than one place of the flow to judge, or more than JSON.
const shape = new Set([
  "bad_currency",
  "bad_duration",
  "bad_language",
  "bad_name",
  "bad_pointer",
  "bad_reason",
  "call_body",
  "call_url",
  "empty_text",
  "limit",
  "one_kind",
  "one_outcome",
  "one_time",
  "one_verb",
  "one_way",
  "out_of_range",
  "required",
  "unknown_country",
  "unknown_field",
  "unknown_kind",
  "unknown_method",
  "unknown_operator",
  "unknown_type",
  "unknown_verb",
  "wrong_type",
]);

async function texts(folder, ending) {
  const names = (await readdir(path.join(root, folder))).filter((name) => name.endsWith(ending)).sort();
  return Promise.all(names.map(async (name) => [name, await readFile(path.join(root, folder, name))]));
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export default async function (test) {
  const server = await Server.start();
  const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
  formats.default(ajv);
  let fits;
  await test("the flow schema is one, and is served byte for byte", async () => {
    const served = await server.call("GET", "/schemas/answerback-flow.v1.schema.json");
    assert.equal(served.text, await readFile(path.join(root, "flows/schema/answerback-flow.v1.schema.json"), "utf8"));
    fits = ajv.compile(served.json);
  });

  const publish = (flow, raw) => {
    const name = typeof flow?.flow === "string" && flow.flow !== "" ? flow.flow : "a-flow";
    return server.call("PUT", `/v1/flows/${encodeURIComponent(name)}`, undefined, { raw });
  };

  const good = (await texts("examples/flows", ".json")).filter(([name]) => !name.endsWith(".test.json"));
  // A flow that runs another one is published behind it.
  good.sort(([, a], [, b]) => a.includes('"run"') - b.includes('"run"'));
  for (const [name, text] of good) {
    await test(`the example ${name} fits the schema and is published`, async () => {
      const flow = JSON.parse(text);
      assert.ok(fits(flow), ajv.errorsText(fits.errors));
      assert.equal((await publish(flow, text)).status, 200);
    });
  }
  assert.ok(good.length >= 3);

  for (const name of ["visit_time.json", "whole_language.json"]) {
    await test(`everything that the format has, in ${name}, fits the schema and is published`, async () => {
      const text = await readFile(path.join(root, "tests/flows/data", name));
      const flow = JSON.parse(text);
      assert.ok(fits(flow), ajv.errorsText(fits.errors));
      const answer = await publish(flow, text);
      assert.equal(answer.status, 200, answer.text);
    });
  }

  const broken = await texts("tests/broken_flows", ".json");
  const expected = new Map(await texts("tests/broken_flows", ".expected"));
  let by_shape = 0;
  for (const [name, text] of broken) {
    const errors = [...String(expected.get(name.replace(".json", ".expected"))).matchAll(/ error\[(\w+)\]/g)].map(
      (each) => each[1],
    );
    const flow = parsed(text);
    const in_shape = errors.length === 0 ? true : errors.some((code) => shape.has(code)) ? false : undefined;
    if (in_shape === false) ++by_shape;
    await test(`the loader and the schema agree about ${name}`, async () => {
      const answer = await publish(flow, text);
      assert.equal(answer.status, errors.length === 0 ? 200 : 422, answer.text);
      for (const code of errors)
        assert.ok(
          answer.json.errors.some((each) => each.code === code),
          code,
        );
      if (flow !== undefined && in_shape !== undefined)
        assert.equal(fits(flow), in_shape, `${errors}: ${ajv.errorsText(fits.errors)}`);
    });
  }
  await test("there are flows enough that the schema must refuse", () => assert.ok(by_shape >= 15, String(by_shape)));
}
