// Prometheus' own checker reads the metrics of a server that has done something.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { Server, Sink } from "../server.mjs";

const check = (text) => spawnSync("promtool", ["check", "metrics"], { input: text, encoding: "utf8", timeout: 20_000 });

export default async function (test) {
  const server = await Server.start();
  const sink = await Sink.start();
  await server.publish();
  await server.subscribe(sink.url);
  await server.say("+15125550101", "ROOF", "1", "12", "78701");
  await sink.wait_for("conversation.completed");

  const metrics = await server.call("GET", "/metrics");
  await test("promtool has nothing to say about the metrics", () => {
    assert.equal(metrics.status, 200);
    assert.ok(metrics.text.includes("answerback_"));
    const verdict = check(metrics.text);
    assert.equal(verdict.status, 0, verdict.stdout + verdict.stderr + (verdict.error ?? ""));
    assert.equal(verdict.stdout + verdict.stderr, "");
  });
  await test("promtool does refuse metrics that are none", () => {
    assert.notEqual(check(metrics.text + "# TYPE answerback_x counter\nanswerback_x{ 1\n").status, 0);
  });
}
