"""How long the longest task of the writing thread is, by kind, while everything that it does is asked of the real server."""
import base64
import concurrent.futures
import contextlib
import hashlib
import hmac
import http.client
import json
import os
import re
import shutil
import signal
import sqlite3
import threading
import time
import urllib.parse

from processes import FLOW, KEY, Server, nginx, wait_for, wrk

LIMIT_MS = 20
LONGEST = "answerback_loop_task_longest_seconds"
SECONDS = "answerback_loop_task_seconds"
DISK = "answerback_loop_disk_wait_seconds"
TOKEN = "a-twilio-token-for-benchmarks"
PUBLIC = "http://bot.example"
QUEUES = ("texts", "webhooks", "calls", "loop")
CALLING = {"flow": "calling", "sender": "Acme", "start": "look", "triggers": {"keywords": ["LOOK"]},
           "steps": {"look": {"call": {"url": "%s/look", "timeout": "10s"}, "failed": "bye", "next": "bye"},
                     "bye": {"say": "Acme: done. Reply STOP to opt out.", "complete": "looked"}}}


def phone(number):
    return f"+1512{2_000_000 + number}"


class House:
    """The server on a copy of a seeded store, and what is asked of it."""

    def __init__(self, bench, seeded, sink, **config):
        self.folder = bench.fresh("loop-run")
        self.sink = f"http://127.0.0.1:{sink}"
        shutil.copytree(seeded / "data", self.folder / "data")
        os.sync()
        (self.folder / "flows").mkdir()
        os.environ["BENCHMARK_TWILIO_TOKEN"] = TOKEN
        carriers = {"default": "http", "http": {"url": self.sink + "/sms"},
                    "twilio": {"account_sid": "AC1", "auth_token": {"file": str(self.folder / "token")}, "public_url": PUBLIC}}
        (self.folder / "token").write_text(TOKEN)
        self.server = Server(bench.binary, self.folder, {"carriers": carriers, "flows": str(self.folder / "flows"),
                                                         "webhooks": {"allow_private_cidrs": ["127.0.0.0/8"], "allow_http": True}, **config})

    def call(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=120)
        with contextlib.closing(connection):
            sent = body if isinstance(body, (str, type(None))) else json.dumps(body)
            connection.request(method, path, sent, {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json", **(headers or {})})
            answer = connection.getresponse()
            text = answer.read().decode()
        if answer.status >= 300:
            raise RuntimeError(f"{method} {path}: {answer.status} {text[:300]}")
        return json.loads(text) if text.startswith("{") else {}

    def many(self, calls):
        with concurrent.futures.ThreadPoolExecutor(8) as threads:
            return list(threads.map(lambda call: self.call(*call), calls))

    def rest(self, seconds, queues=QUEUES):
        """Until nothing waits any more."""
        def waits():
            samples = self.server.metrics()
            return sum(samples[f'answerback_queue_length{{queue="{queue}"}}'] for queue in queues)
        wait_for(lambda: waits() == 0, f"{queues} are empty", seconds, 0.2)

    @contextlib.contextmanager
    def asked_meanwhile(self):
        """Somebody reads all the time: the writing thread must not wait for that."""
        ended = threading.Event()

        def ask():
            paths = ("/metrics", "/v1/events?limit=100", "/v1/deliveries?limit=100", "/v1/contacts?limit=100", "/v1/campaigns", "/v1/endpoints")
            while not ended.wait(0.02):
                for path in paths:
                    self.call("GET", path)

        with concurrent.futures.ThreadPoolExecutor(1) as thread:
            asking = thread.submit(ask)
            try:
                yield
            finally:
                ended.set()
            asking.result()


def endpoint_keys(house):
    return [each["id"] for each in house.call("GET", "/v1/endpoints?limit=100")["data"]]


def texts(house, bench, contacts):
    wrk(house.server.port, 256, bench.size(10, 2), contacts, "burst", 0)
    house.many(("POST", f"/v1/contacts/{phone(n)}/opt-in", {"source": "form"}, {"Idempotency-Key": f"in-{n}"}) for n in range(1, 101))


def campaigns(house, bench, contacts):
    for name, flow, count in (("push", "four-questions", min(contacts, bench.size(10_000, 1_000))), ("calls", "calling", bench.size(2_000, 100))):
        made = "/v1/campaigns/" + house.call("POST", "/v1/campaigns", {"name": name, "flow": flow, "from": "+15125550100"})["id"]
        house.call("POST", made + "/contacts", {"contacts": [f"+1737{2_000_000 + n}" if name == "calls" else phone(n) for n in range(1, count + 1)]})
        house.call("POST", made + "/start", {})
        wait_for(lambda: house.call("GET", made)["contacts"]["waiting"] == 0, "the campaign has started", 300, 0.2)
        house.call("POST", made + "/pause", {})
    house.rest(300, ("texts", "calls"))


def receipts(house, bench):
    path = "/v1/carriers/twilio/status"
    for number in range(1, 51):
        form = {"MessageSid": f"SM{number}", "MessageStatus": "delivered"}
        target = f"{path}?message=msg_{number}_1_2"
        signed = PUBLIC + target + "".join(key + form[key] for key in sorted(form))
        signature = base64.b64encode(hmac.new(TOKEN.encode(), signed.encode(), hashlib.sha1).digest()).decode()
        house.call("POST", target, urllib.parse.urlencode(form), {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": signature})


def flows(house, bench):
    house.call("PUT", "/v1/flows/calling", json.dumps(CALLING).replace("%s", house.sink))
    changed = FLOW.read_text()
    house.call("PUT", "/v1/flows/four-questions", changed)
    house.call("POST", "/v1/flows/four-questions/migrate", {"from": 1, "to": 2})
    for number in range(20):
        (house.folder / f"flows/f{number}.json").write_text(changed.replace('"flow": "four-questions"', f'"flow": "copy-{number}"').replace('"ROOF"', f'"COPY{number}"'))
    house.server.process.send_signal(signal.SIGHUP)
    wait_for(lambda: len(house.call("GET", "/v1/flows?limit=100")["data"]) >= 22, "the folder is read again", 60, 0.1)


def endpoints(house, bench, owed):
    made = house.call("POST", "/v1/endpoints", {"url": house.sink + "/hook", "events": ["*"]})["id"]
    one = f"/v1/endpoints/{made}"
    house.call("PATCH", one, {"description": "another"})
    house.call("POST", one + "/test", {})
    house.call("POST", one + "/rotate-secret", {})
    house.call("POST", one + "/replay", {"since": "2020-01-01T00:00:00Z"})
    waiting = house.call("GET", f"/v1/deliveries?endpoint={owed}&limit=100")["data"]
    house.many(("POST", f"/v1/deliveries/{each['id']}/skip", {}) for each in waiting if each["status"] == "pending")
    with contextlib.suppress(RuntimeError):  # disabled meanwhile
        house.call("POST", f"/v1/endpoints/{owed}/redeliver", {})


def erasures(house, bench, contacts):
    house.many(("POST", f"/v1/contacts/{phone(n)}/opt-out", {"source": "mail"}) for n in range(contacts - bench.size(999, 99), contacts + 1))
    house.many(("DELETE", f"/v1/contacts/{phone(n)}") for n in range(contacts - bench.size(999, 99), contacts + 1))
    # Somebody with a long history.
    for number in range(bench.size(3_000, 100)):
        house.call("POST", "/v1/inbound", {"id": f"talker-{number}", "from": phone(contacts + 1), "text": "ROOF" if number % 2 == 0 else "human"})
    house.call("DELETE", f"/v1/contacts/{phone(contacts + 1)}")


def upkeep(house, bench):
    for number in range(5):
        house.call("GET", "/readyz")
        house.call("POST", "/v1/backups", {}, {"Idempotency-Key": f"copy-{number}"})


def longest(measured, samples):
    """Into `measured`, by kind, what these samples say."""
    for name, value in samples.items():
        found = re.fullmatch(LONGEST + r'\{task="(\w+)"\}', name)
        if not found or samples.get(f'{SECONDS}_count{{task="{found[1]}"}}', 0) == 0:
            continue
        kind = found[1]
        count = samples[f'{SECONDS}_count{{task="{kind}"}}']
        buckets = sorted((float(each[1]), samples[each[0]]) for each in (re.fullmatch(SECONDS + r'_bucket\{task="' + kind + r'",le="([^"]+)"\}', key) for key in samples) if each)
        p99 = min(value, next(bound for bound, below in buckets if below >= 0.99 * count))
        now = {"count": int(count), "p99_ms": round(p99 * 1e3, 3), "longest_ms": round(value * 1e3, 3)}
        before = measured.get(kind)
        measured[kind] = now if before is None else {"count": before["count"] + now["count"], **{key: max(before[key], now[key]) for key in ("p99_ms", "longest_ms")}}


def drive(house, bench, parts, measured):
    began = time.monotonic()
    for name, part in parts:
        part()
        bench.say(f"{name}: {time.monotonic() - began:.1f} s")
        began = time.monotonic()
    samples = house.server.metrics()
    longest(measured, samples)
    return {"count": int(samples[DISK + "_count"]), "seconds": round(samples[DISK + "_sum"], 3)}


def young(bench, sink, contacts, measured):
    """A house as it is on a day: one endpoint takes its events, the other is down."""
    seeded = bench.seed("loop-young", "house", contacts, "http://127.0.0.1:9", 2, 0)
    with sqlite3.connect(seeded / "data/answerback.db") as store:
        store.execute("UPDATE endpoints SET url = ? WHERE key = (SELECT min(key) FROM endpoints)", (f"http://127.0.0.1:{sink}/hook",))
    store.close()
    house = House(bench, seeded, sink)
    with house.server:
        down = endpoint_keys(house)[-1]
        with house.asked_meanwhile():
            drive_parts = [("flows", lambda: flows(house, bench)), ("texts", lambda: texts(house, bench, contacts)),
                           ("campaigns", lambda: campaigns(house, bench, contacts)), ("receipts", lambda: receipts(house, bench)),
                           ("endpoints", lambda: endpoints(house, bench, down)), ("erasures", lambda: erasures(house, bench, contacts)),
                           ("upkeep", lambda: upkeep(house, bench)),
                           ("removal", lambda: house.call("DELETE", f"/v1/endpoints/{down}"))]
            return drive(house, bench, drive_parts, measured)


def old(bench, sink, contacts, measured):
    """A house that was closed for a month: its timers are over, and what is finished is purged."""
    seeded = bench.seed("loop-old", "house", contacts, f"http://127.0.0.1:{sink}/hook", 1, 24 * 30)
    house = House(bench, seeded, sink, retention={"finished": "7d"})
    with house.server:
        timers = 'answerback_conversation_outcomes_total{outcome="discarded"}'
        return drive(house, bench, [("timers", lambda: wait_for(lambda: house.server.metrics().get(timers, 0) >= contacts // 2, "conversations are over", 300, 0.2)),
                                    ("deliveries", lambda: house.rest(300, ("texts", "webhooks"))), ("purge", lambda: time.sleep(bench.size(65, 5)))], measured)


def set_back(bench, sink, contacts, measured):
    """A house whose clock was set back by an hour while everything waited for its time."""
    seeded = bench.seed("loop-ahead", "house", contacts, "http://127.0.0.1:9", 1, -1)
    house = House(bench, seeded, sink)
    with house.server:
        return drive(house, bench, [("clock", lambda: house.server.metrics())], measured)


def measure_loop_tasks(bench):
    contacts = bench.size(50_000, 2_000)
    measured, disk = {}, []
    with nginx(bench.fresh("nginx-sink")) as sink:
        for scene in (young, old, set_back):
            disk.append(scene(bench, sink, contacts, measured))
    too_long = sorted(kind for kind, found in measured.items() if found["longest_ms"] > LIMIT_MS)
    return {"loop_tasks": {"limit_ms": LIMIT_MS, "contacts": contacts, "longer": too_long, "by_kind": dict(sorted(measured.items())),
                           "disk_waits": {key: round(sum(each[key] for each in disk), 3) for key in ("count", "seconds")}}}
