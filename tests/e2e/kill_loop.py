"""SIGKILL at random moments under load: nothing that was acknowledged is lost, nothing is handled twice, every ended
conversation has exactly one outcome, after STOP there is one confirmation and nothing else, and hardly a text is unknown that never left.

    python3 tests/e2e/kill_loop.py [kills] [seed] [--power | --lying-disk]        (ANSWERBACK = the binary)

--power: each kill is a power cut as well, on a disk that forgets what was not synced; --lying-disk: it forgets also what was, so that
broken promises must be found. The control below the checks proves that they can fail: it takes a message away and expects the loss to be seen.
"""
import atexit
import http.client
import http.server
import json
import random
import sys
import threading
import time

from harness import ADMIN, Server
from power_cut import VolatileDisk

NUMBERS = [int(word) for word in sys.argv[1:] if word.isdigit()]
KILLS = NUMBERS[0] if NUMBERS else 20
SEED = NUMBERS[1] if len(NUMBERS) > 1 else 1
POWER = "--power" in sys.argv or "--lying-disk" in sys.argv
SLOTS = 16  # connections to the carrier: each may have one text whose fate a kill leaves unknown
SENDERS = 2
CONTACTS = 40
REPLIES = ["ROOF", "1", "its leaking", "12", "78701", "what?", "STOP", "START", "agent", "3"]


class Carrier:
    """The carrier: keeps every text it was handed, and answers now and then too late or not at all."""

    def __init__(self, rng):
        carrier = self
        self.taken = []
        self.lock = threading.Lock()

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                text = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                with carrier.lock:
                    carrier.taken.append((time.monotonic(), text))
                    drop = rng.random() < 0.02
                if drop:
                    self.close_connection = True
                    self.connection.close()
                    return
                body = json.dumps({"id": "P" + text["id"]}).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

            def handle(self):
                try:
                    super().handle()
                except (ConnectionError, ValueError, OSError):
                    pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/send"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


class Sender(threading.Thread):
    """Texts from its own contacts, one after the other; a text without an answer is sent again under the same id."""

    def __init__(self, number, state):
        super().__init__(daemon=True)
        self.number, self.state, self.rng = number, state, random.Random(SEED * 1000 + number)
        self.acknowledged = {}
        self.count = 0

    def run(self):
        pending = None
        while not self.state["over"]:
            if pending is None:
                self.count += 1
                contact = self.rng.randrange(CONTACTS)
                pending = {"id": f"{self.number}-{self.count}", "from": f"+1512556{self.number}{contact:03d}", "text": self.rng.choice(REPLIES)}
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.state["port"], timeout=5)
                while not self.state["over"]:
                    connection.request("POST", "/v1/inbound", json.dumps(pending), {"Content-Type": "application/json", "Authorization": "Bearer " + ADMIN})
                    response = connection.getresponse()
                    body = response.read()
                    if response.status == 200:
                        self.acknowledged[pending["id"]] = (pending, json.loads(body), time.monotonic())
                        self.count += 1
                        contact = self.rng.randrange(CONTACTS)
                        pending = {"id": f"{self.number}-{self.count}", "from": f"+1512556{self.number}{contact:03d}", "text": self.rng.choice(REPLIES)}
                    elif response.status != 503:
                        self.state["wrong"].append((response.status, body))
            except (OSError, http.client.HTTPException):
                time.sleep(0.002)


def comes_true(holds, seconds=30):
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def nothing_waits(server):
    lengths = server.call("GET", "/metrics").body.splitlines()
    return all(f'answerback_queue_length{{queue="{queue}"}} 0' in lengths for queue in ("loop", "texts"))


def everything(server, path):
    items, after = [], ""
    while True:
        answer = server.call("GET", f"{path}?limit=500{after}")
        assert answer.status == 200, answer.body
        page = answer.json
        items += page["data"]
        if page["next"] is None:
            return items
        after = "&after=" + page["next"]


def check(acknowledged, messages, conversations, events, taken, deliveries):
    """Every broken promise as a sentence; none is what is wanted."""
    wrong = []
    by_id = {}
    for message in messages:
        if message["id"] in by_id:
            wrong.append(f"two messages are called {message['id']}")
        by_id[message["id"]] = message
    used = {}
    for sent, answer, _ in acknowledged:
        message = by_id.get(answer["message_id"])
        if message is None or message["text"] != sent["text"] or message["from"] != sent["from"]:
            wrong.append(f"the acknowledged text {sent['id']} is lost")
        if used.setdefault(answer["message_id"], sent["id"]) != sent["id"]:
            wrong.append(f"{answer['message_id']} stands for two texts")
    outcomes = {}
    for event in events:
        if event["type"] in ("conversation.completed", "conversation.bailed", "conversation.discarded"):
            conversation = event["data"]["conversation"]["id"]
            outcomes[conversation] = outcomes.get(conversation, 0) + 1
    for conversation in conversations:
        wanted = 1 if conversation["status"] == "ended" else 0
        if outcomes.get(conversation["id"], 0) != wanted:
            wrong.append(f"{conversation['id']} is {conversation['status']} and has {outcomes.get(conversation['id'], 0)} outcomes")
    active = {}
    for conversation in conversations:
        if conversation["status"] == "active":
            active[conversation["contact"]] = active.get(conversation["contact"], 0) + 1
    wrong += [f"{contact} has {count} running conversations" for contact, count in active.items() if count > 1]
    handed = {}
    for _, text in taken:
        handed[text["id"]] = handed.get(text["id"], 0) + 1
    wrong += [f"the carrier was handed {identity} {count} times" for identity, count in handed.items() if count > 1]
    wrong += after_stop(events, messages, handed)
    sequences = {}
    for event in events:
        sequences.setdefault(event["data"]["contact"]["id"], []).append(event["data"]["sequence"])
    wrong += [f"{contact}'s events are {numbers[:20]}" for contact, numbers in sequences.items() if sorted(numbers) != list(range(1, len(numbers) + 1))]
    delivered = {}
    for delivery in deliveries:
        delivered[delivery["event_id"]] = delivered.get(delivery["event_id"], 0) + 1
    wrong += [f"the event {event['id']} has {delivered.get(event['id'], 0)} deliveries" for event in events if delivered.get(event["id"], 0) != 1]
    return wrong


def after_stop(events, messages, handed):
    """Between an opt-out and the next opt-in, what was made for the contact is one confirmation, and nothing queued leaves."""
    wrong = []
    spans = {}
    for event in sorted(events, key=lambda e: e["data"]["sequence"]):
        if event["type"] in ("contact.opted_out", "contact.opted_in"):
            spans.setdefault(event["data"]["contact"]["phone"], []).append((event["data"]["consent"]["at"], event["type"]))
    for message in messages:
        if message["direction"] != "out" or message["id"] not in handed:
            continue
        state = [kind for at, kind in spans.get(message["to"], []) if at <= message["at"]]
        confirmation = "unsubscribed" in message["text"].lower() or "no more" in message["text"].lower() or "opted out" in message["text"].lower()
        if state and state[-1] == "contact.opted_out" and not confirmation and not any(at == message["at"] for at, _ in spans[message["to"]]):
            wrong.append(f"{message['id']} left after STOP")
    return wrong


def unknown_texts(messages, taken):
    """A kill leaves at most one text per connection unknown, and of those that never left only what lay between the mark and the write."""
    handed = {text["id"] for _, text in taken}
    unknown = [message["id"] for message in messages if message["status"] == "unknown"]
    never_left = [identity for identity in unknown if identity not in handed]
    wrong = []
    if len(unknown) > KILLS * SLOTS:
        wrong.append(f"{len(unknown)} texts are unknown after {KILLS} kills")
    if len(never_left) > KILLS * 2:
        wrong.append(f"{len(never_left)} texts are unknown and never left, after {KILLS} kills")
    return wrong, len(unknown), len(never_left)


def main():
    rng = random.Random(SEED)
    carrier = Carrier(rng)
    server = Server({"carriers": {"default": "http", "http": {"url": carrier.url}},
                     "senders": [{"number": "+15125550100", "brand": "Acme Roofing"}]}).start()
    # A store that a lying disk damaged ends this program in the middle of it; its server must not outlive it.
    atexit.register(lambda: server.process.poll() is None and server.kill())
    disk = None
    if POWER:
        server.stop()  # what its first start makes is there
        disk = VolatileDisk(server.folder / "data", rng, honest="--lying-disk" not in sys.argv)
        server.environment = disk.environment
        server.start()
    server.publish()
    server.subscribe("http://127.0.0.1:9/nobody", ["conversation.*", "contact.*"])
    state = {"port": server.port, "over": False, "wrong": []}
    senders = [Sender(number, state) for number in range(SENDERS)]
    for sender in senders:
        sender.start()
    began = time.monotonic()
    for _ in range(KILLS):
        time.sleep(rng.uniform(0.002, 0.25))
        server.kill()
        if disk:
            disk.cut()
        server.start()
        state["port"] = server.port
    before = [len(sender.acknowledged) for sender in senders]
    # Behind a damaged row its sender's texts are refused for ever: that is a finding, and there may be more.
    stuck = []
    if not comes_true(lambda: all(len(sender.acknowledged) > count for sender, count in zip(senders, before))):
        stuck.append("a sender's texts are not taken after the last kill")
    state["over"] = True
    for sender in senders:
        sender.join(10)
    if not comes_true(lambda: nothing_waits(server)):
        stuck.append("texts still wait for the carrier")
    acknowledged = [entry for sender in senders for entry in sender.acknowledged.values()]
    facts = (acknowledged, everything(server, "/v1/messages"), everything(server, "/v1/conversations"), everything(server, "/v1/events"),
             list(carrier.taken), everything(server, "/v1/deliveries"))
    wrong = stuck + check(*facts) + [f"unexpected answer {w}" for w in state["wrong"]]
    too_many, unknown, never_left = unknown_texts(facts[1], facts[4])
    wrong += too_many
    assert server.stop() == 0
    import subprocess
    from harness import BINARY
    sound = subprocess.run([BINARY, "db", "check", "--data", str(server.folder / "data")], capture_output=True, text=True)
    if sound.returncode != 0:
        wrong.append("db check: " + sound.stdout + sound.stderr)
    lost_on_purpose = [message for message in facts[1] if message["id"] != acknowledged[-1][1]["message_id"]]
    if not check(facts[0], lost_on_purpose, *facts[2:]):
        wrong.append("the control did not notice a lost message")
    print(json.dumps({"kills": KILLS, "forgotten": disk.forgotten if disk else 0, "seed": SEED, "seconds": round(time.monotonic() - began, 1), "acknowledged": len(acknowledged),
                      "conversations": len(facts[2]), "events": len(facts[3]), "handed_to_carrier": len(facts[4]), "unknown": unknown, "never_left": never_left, "wrong": len(wrong)}))
    for sentence in wrong[:20]:
        print("  " + sentence)
    server.close()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
