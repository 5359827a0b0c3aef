// The real binary on a folder and a port of its own, and receivers for what it sends; everything on loopback.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";

export const root = path.resolve(path.dirname(new URL(import.meta.url).pathname), "../..");
export const admin_key = "an-admin-key-for-tests-only";
export const twilio_token = "a-token-that-only-twilio-knows";
export const public_url = "https://bot.example.org";
export const roof_flow = JSON.parse(await readFile(path.join(root, "examples/flows/roof-estimate.json"), "utf8"));

const start_seconds = 30;
const stop_seconds = 20;
const open = new Set();

export async function stop_all() {
  for (const each of [...open]) await each.stop();
}

// Whatever ends this process, no server outlives it.
process.on("exit", () => {
  for (const each of open) each.process?.kill("SIGKILL");
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export async function until(what, probe, seconds = 20) {
  const deadline = Date.now() + seconds * 1000;
  while (Date.now() < deadline) {
    const found = await probe();
    if (found) return found;
    await sleep(20);
  }
  throw new Error(`${what}: not within ${seconds} s`);
}

export class Server {
  // `watch` sees every exchange: {method, path, body, status, type, text}.
  static async start(config = {}, watch = () => {}) {
    const server = new Server();
    server.watch = watch;
    server.folder = await mkdtemp(path.join(tmpdir(), "answerback-peers-"));
    const file = path.join(server.folder, "answerback.json");
    const { carriers, ...rest } = config;
    const twilio = {
      account_sid: "AC0123456789abcdef0123456789abcdef",
      auth_token: { env: "TWILIO_TOKEN" },
      public_url,
      ...carriers?.twilio,
    };
    const whole = { webhooks: { allow_private_cidrs: ["127.0.0.0/8"] }, carriers: { ...carriers, twilio }, ...rest };
    await writeFile(file, JSON.stringify(whole));
    const args = ["serve", "--config", file, "--listen", "127.0.0.1:0", "--data", path.join(server.folder, "data")];
    server.process = spawn(process.env.ANSWERBACK, args, {
      stdio: ["ignore", "ignore", "pipe"],
      env: { ...process.env, ANSWERBACK_ADMIN_KEY: admin_key, TWILIO_TOKEN: twilio_token },
    });
    open.add(server);
    server.exited = new Promise((resolve) => server.process.once("exit", resolve));
    server.log = [];
    createInterface({ input: server.process.stderr }).on("line", (line) => server.log.push(line));
    await server.listening();
    return server;
  }

  async listening() {
    const line = await until(
      "the server listens",
      () => {
        if (this.process.exitCode !== null) throw new Error(`the server ended: ${this.log.slice(-5).join("\n")}`);
        return this.log.find((each) => each.includes('"event":"listening"'));
      },
      start_seconds,
    );
    this.url = "http://" + JSON.parse(line).address;
  }

  // {status, type, text, json}; `raw` is sent as it is.
  async call(method, target, body, { key = admin_key, headers = {}, raw } = {}) {
    const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const all = {
      ...(key ? { authorization: `Bearer ${key}` } : {}),
      ...(sent === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    };
    const response = await fetch(this.url + target, {
      method,
      headers: all,
      body: sent,
      redirect: "error",
      signal: AbortSignal.timeout(20_000),
    });
    const text = await response.text();
    const type = (response.headers.get("content-type") ?? "").split(";")[0];
    const json = type.endsWith("json") && text ? JSON.parse(text) : undefined;
    const answer = { status: response.status, type, text, json, replayed: response.headers.has("idempotency-replayed") };
    this.watch({ method, path: target.split("?")[0], body, ...answer });
    return answer;
  }

  // The answer's JSON; anything but success throws.
  async must(method, target, body) {
    const answer = await this.call(method, target, body);
    if (answer.status >= 300) throw new Error(`${method} ${target}: ${answer.status} ${answer.text}`);
    return answer.json;
  }

  publish(flow = roof_flow) {
    return this.must("PUT", `/v1/flows/${flow.flow}`, flow);
  }
  subscribe(url, events = ["*"], more = {}) {
    return this.must("POST", "/v1/endpoints", { url, events, ...more });
  }
  text(from, text, more = {}) {
    return this.must("POST", "/v1/inbound", { from, text, ...more });
  }
  async say(from, ...texts) {
    let last;
    for (const text of texts) last = await this.text(from, text);
    return last;
  }

  async stop() {
    open.delete(this);
    if (this.process.exitCode === null && this.process.signalCode === null) {
      this.process.kill("SIGTERM");
      const timer = setTimeout(() => this.process.kill("SIGKILL"), stop_seconds * 1000);
      await this.exited;
      clearTimeout(timer);
    }
    await rm(this.folder, { recursive: true, force: true });
  }
}

// Keeps what it is sent; `answer(request)` gives {status, body?} and may look at what came.
export class Sink {
  static async start(answer = () => ({ status: 200 })) {
    const sink = new Sink();
    sink.got = [];
    sink.server = http.createServer((request, response) => {
      const parts = [];
      request.on("data", (part) => parts.push(part));
      request.on("end", () => {
        const came = {
          method: request.method,
          path: request.url,
          headers: request.headers,
          body: Buffer.concat(parts).toString("utf8"),
        };
        sink.got.push(came);
        const { status, body = "" } = answer(came);
        response.writeHead(status, { "content-type": "application/json" }).end(body);
      });
    });
    await new Promise((resolve) => sink.server.listen(0, "127.0.0.1", resolve));
    sink.url = `http://127.0.0.1:${sink.server.address().port}`;
    open.add(sink);
    return sink;
  }

  events() {
    return this.got.map((each) => JSON.parse(each.body));
  }
  types() {
    return this.events().map((event) => event.type);
  }
  wait_for(type, wanted = () => true) {
    return until(`the event ${type}`, () =>
      this.got.find((each) => {
        const event = JSON.parse(each.body);
        return event.type === type && wanted(event);
      }),
    );
  }

  async stop() {
    open.delete(this);
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
