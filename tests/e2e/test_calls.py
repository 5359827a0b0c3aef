"""A flow asks the CRM: what comes back goes on, what does not come back goes the way of `failed`, and nothing goes on twice."""
import http.server
import json
import socket
import threading
import time
import unittest

from harness import ROOT, Server, phone

FLOW = (ROOT / "tests/support/price_check.json").read_text()
PRICED = "A new roof there costs about $9,000."
BY_PERSON = "A person will write to you about it."
GOOD = (200, {}, json.dumps({"quote": {"price": "$9,000"}}))


class Quotes:
    """Answers `POST /quotes?zip=…` as `behave(zip, n)` says: n counts the requests for that ZIP code from 1."""

    def __init__(self, behave):
        quotes = self
        self.got = []
        self.arrived = threading.Condition()

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                code = self.path.rpartition("=")[2]
                with quotes.arrived:
                    quotes.got.append((code, dict((k.lower(), v) for k, v in self.headers.items()), body))
                    quotes.arrived.notify_all()
                status, headers, answer = behave(code, len(quotes.of(code)))
                try:
                    self.send_response(status)
                    for name, value in headers.items():
                        self.send_header(name, value)
                    self.send_header("Content-Length", str(len(answer)))
                    self.end_headers()
                    self.wfile.write(answer.encode())
                except OSError:
                    pass  # it gave up, or was killed

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None  # a caller that was killed
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def of(self, code):
        with self.arrived:
            return [(headers, body) for zip_code, headers, body in self.got if zip_code == code]

    def wait_for(self, code, count=1, seconds=20):
        deadline = time.monotonic() + seconds
        while len(self.of(code)) < count:
            assert time.monotonic() < deadline, f"no request {count} for {code}"
            with self.arrived:
                self.arrived.wait(0.1)

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def flow_to(url, timeout="4s"):
    return FLOW.replace("https://crm.example", url).replace('"timeout": "4s"', f'"timeout": "{timeout}"')


def server_for(url, timeout="4s", **config):
    server = Server({"secrets": {"crm_token": {"env": "CRM_TOKEN"}}, **config}).start()
    server.publish(flow_to(url, timeout))
    return server


def ask(server, number, zip_code):
    server.text(phone(number), "PRICE")
    return server.text(phone(number), zip_code)["conversation"]["id"]


def ended(server, conversation, seconds=20):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = server.call("GET", f"/v1/conversations/{conversation}").json
        if found["outcome"]:
            return found
        time.sleep(0.05)
    raise AssertionError(f"{conversation} has not ended")


def attempts(server):
    """How many tries of calls have come to an end."""
    lines = server.call("GET", "/metrics").body.splitlines()
    return sum(float(line.split()[-1]) for line in lines if line.startswith("answerback_call_attempts_total{"))


def said(conversation):
    return [message["text"] for message in conversation["transcript"] if message["direction"] == "out"]


def slow(code, n):
    time.sleep(6)
    return GOOD


MAY_ANSWER = threading.Event()
BEHAVIOURS = {
    "10001": lambda code, n: GOOD,
    "10002": lambda code, n: GOOD if n == 3 else (503, {}, ""),
    "10003": slow,
    "10004": lambda code, n: (302, {"Location": "/quotes?zip=10001"}, ""),
    "10005": lambda code, n: (200, {}, "<html>"),
    "10006": lambda code, n: (200, {}, '{"quote":{}}'),
    "10007": lambda code, n: (200, {}, json.dumps({"quote": {"price": "$9,000"}, "more": "x" * 70_000})),
    "10008": lambda code, n: (500, {}, ""),
    "10009": lambda code, n: (MAY_ANSWER.wait(20), GOOD)[1],
}


class Calls(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.quotes = Quotes(lambda code, n: BEHAVIOURS[code](code, n))
        cls.server = server_for(cls.quotes.url)

    @classmethod
    def tearDownClass(cls):
        cls.server.close()
        cls.quotes.close()

    def goes_to_a_person(self, number, code):
        done = ended(self.server, ask(self.server, number, code))
        self.assertEqual((done["outcome"], done["reason"]), ("bailed", "no_price"))
        self.assertEqual(said(done)[-1], BY_PERSON)

    def test_the_answer_goes_on_with_what_was_asked_for(self):
        conversation = ask(self.server, 1, "10001")
        done = ended(self.server, conversation)
        self.assertEqual((done["outcome"], done["reason"]), ("completed", "priced"))
        self.assertEqual(said(done)[-1], PRICED)
        (headers, body), = self.quotes.of("10001")
        self.assertEqual(json.loads(body), {"zip": "10001"})
        self.assertEqual(headers["authorization"], "Bearer s3cret")
        self.assertTrue(headers["idempotency-key"].startswith(conversation + "-t"))
        self.assertTrue(headers["user-agent"].startswith("answerback/"))

    def test_a_receiver_that_is_busy_is_asked_again_under_the_same_id(self):
        done = ended(self.server, ask(self.server, 2, "10002"))
        self.assertEqual(said(done)[-1], PRICED)
        keys = [headers["idempotency-key"] for headers, _ in self.quotes.of("10002")]
        self.assertEqual((len(keys), len(set(keys))), (3, 1))

    def test_a_receiver_that_is_too_slow(self):
        self.goes_to_a_person(3, "10003")

    def test_a_redirect_is_not_followed(self):
        before = len(self.quotes.of("10001"))
        self.goes_to_a_person(4, "10004")
        self.assertEqual(len(self.quotes.of("10001")), before)

    def test_an_answer_that_is_no_json(self):
        self.goes_to_a_person(5, "10005")

    def test_an_answer_without_what_was_asked_for(self):
        self.goes_to_a_person(6, "10006")

    def test_an_answer_beyond_64_kib(self):
        self.goes_to_a_person(7, "10007")

    def test_a_receiver_that_fails_is_not_asked_again(self):
        self.goes_to_a_person(8, "10008")
        self.assertEqual(len(self.quotes.of("10008")), 1)

    def test_stop_while_a_call_is_under_way_ends_it_all(self):
        conversation = ask(self.server, 9, "10009")
        self.quotes.wait_for("10009")
        self.server.text(phone(9), "STOP")
        before = attempts(self.server)
        MAY_ANSWER.set()
        deadline = time.monotonic() + 20
        while attempts(self.server) == before:
            self.assertLess(time.monotonic(), deadline, "nobody took the answer")
        done = ended(self.server, conversation)
        self.assertEqual(done["reason"], "opted_out")
        self.assertNotIn(PRICED, said(done))

    def test_neither_secret_nor_query_nor_answer_is_logged(self):
        self.goes_to_a_person(10, "10005")
        log = self.server.log_text()
        self.assertIn('"call_failed"', log)
        for hidden in ("s3cret", "zip=", "9,000", "<html>"):
            self.assertNotIn(hidden, log)


class Elsewhere(unittest.TestCase):
    def outcome(self, server):
        self.addCleanup(server.close)
        return ended(server, ask(server, 20, "10001"))["reason"]

    def test_nobody_listens(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{free.getsockname()[1]}"
        self.assertEqual(self.outcome(server_for(url)), "no_price")

    def test_a_private_address_is_not_reached_without_permission(self):
        quotes = Quotes(BEHAVIOURS["10001"])
        self.addCleanup(quotes.close)
        self.assertEqual(self.outcome(server_for(quotes.url, webhooks={"allow_private_cidrs": []})), "no_price")
        self.assertEqual(quotes.got, [])

    def test_a_secret_that_is_not_configured(self):
        quotes = Quotes(BEHAVIOURS["10001"])
        self.addCleanup(quotes.close)
        server = server_for(quotes.url, secrets={})
        self.assertEqual(self.outcome(server), "no_price")
        self.assertEqual(quotes.got, [])
        self.assertIn("unknown_secret:crm_token", server.log_text())


class Crashes(unittest.TestCase):
    def setUp(self):
        self.may_answer = threading.Event()
        self.quotes = Quotes(lambda code, n: (self.may_answer.wait(20), GOOD)[1])
        self.addCleanup(self.quotes.close)
        self.server = server_for(self.quotes.url, "30s")
        self.addCleanup(self.server.close)

    def went_on_once(self, conversation):
        done = ended(self.server, conversation, 40)
        self.assertEqual(done["reason"], "priced")
        self.assertEqual(said(done).count(PRICED), 1)

    def test_killed_before_the_answer_it_asks_again_under_the_same_id_and_goes_on_once(self):
        conversation = ask(self.server, 30, "20001")
        self.quotes.wait_for("20001")
        self.server.kill()
        self.may_answer.set()
        self.server.start()
        self.went_on_once(conversation)
        keys = {headers["idempotency-key"] for headers, _ in self.quotes.of("20001")}
        self.assertEqual((len(self.quotes.of("20001")), len(keys)), (2, 1))

    def test_killed_at_any_moment_around_the_answer_it_goes_on_once(self):
        self.may_answer.set()
        for number, delay in enumerate((0, 0.001, 0.003, 0.006, 0.01, 0.02)):
            conversation = ask(self.server, 40 + number, f"3000{number}")
            self.quotes.wait_for(f"3000{number}")
            time.sleep(delay)
            self.server.kill()
            self.server.start()
            self.went_on_once(conversation)

    def answer_once_it_drains(self):
        deadline = time.monotonic() + 20
        while '"event":"draining"' not in self.server.log_text() and time.monotonic() < deadline:
            time.sleep(0.02)
        self.may_answer.set()

    def test_sigterm_waits_for_the_answer_and_keeps_it(self):
        conversation = ask(self.server, 50, "40001")
        self.quotes.wait_for("40001")
        threading.Thread(target=self.answer_once_it_drains, daemon=True).start()
        self.assertEqual(self.server.stop(), 0)
        self.server.start()
        self.went_on_once(conversation)
        self.assertEqual(len(self.quotes.of("40001")), 1)


if __name__ == "__main__":
    unittest.main()
