"""The front door of the real process: the first key, the log, keyless callers, files that never end, where secrets may go."""
import json
import os
import pathlib
import socket
import stat
import subprocess
import tempfile
import time
import unittest

from harness import BINARY, ROOT, Server

FLOW = (ROOT / "tests/support/price_check.json").read_text()


def run(*arguments, **environment):
    return subprocess.run([BINARY, *arguments], capture_output=True, text=True, timeout=60, env={**os.environ, "CRM_TOKEN": "Bearer s3cret", **environment})


class FirstKey(unittest.TestCase):
    def test_the_first_admin_key_lies_in_a_file_and_never_in_the_log(self):
        server = Server(environment={"ANSWERBACK_ADMIN_KEY": None}).start()
        self.addCleanup(server.close)
        made = [json.loads(line) for line in server.log_text().splitlines() if '"admin_key_made"' in line]
        self.assertEqual(len(made), 1)
        file = pathlib.Path(made[0]["file"])
        self.assertEqual(stat.S_IMODE(file.stat().st_mode), 0o600)
        key = file.read_text().strip()
        self.assertEqual(server.call("GET", "/v1/keys", key=key).status, 200)
        self.assertNotIn(key, server.log_text())
        file.unlink()
        server.stop()
        server.start()
        self.assertFalse(file.exists())
        self.assertEqual(server.call("GET", "/v1/keys", key=key).status, 200)


class Log(unittest.TestCase):
    def test_a_log_pipe_that_nobody_reads_does_not_stop_the_server(self):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="answerback-e2e-"))
        read, write = os.pipe()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        process = subprocess.Popen([BINARY, "serve", "--listen", f"127.0.0.1:{port}", "--data", str(folder / "data")], cwd=folder, stdout=write, stderr=write,
                                   env={**os.environ, "ANSWERBACK_ADMIN_KEY": "0123456789abcdef", "ANSWERBACK_LOG_LEVEL": "debug"})
        self.addCleanup(process.kill)
        server = Server(folder=folder)
        server.port, server.process = port, process
        self.addCleanup(server.close)
        os.set_blocking(write, False)
        deadline = time.monotonic() + 20
        while True:
            try:
                if server.call("GET", "/readyz", key=None).status == 200:
                    break
            except OSError:
                pass
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.02)
        try:
            while os.write(write, b"x" * 4096):
                pass
        except BlockingIOError:
            pass  # full
        for i in range(300):
            self.assertEqual(server.call("POST", "/v1/inbound", {"from": f"+1512555{1000 + i}", "text": "hi"}, key="0123456789abcdef").status, 200)
            self.assertEqual(server.call("GET", "/readyz", key=None).status, 200)
        self.assertEqual(server.stop(), 0)
        os.close(read)
        os.close(write)

    def test_unsigned_requests_write_a_few_lines_with_a_count(self):
        server = Server({"carriers": {"twilio": {"account_sid": "AC1", "auth_token": {"env": "TWILIO_TOKEN"}, "public_url": "https://bot.example"}}}).start()
        self.addCleanup(server.close)
        for i in range(1_000):
            answer = server.call("POST", "/v1/inbound/twilio", raw="From=%2B15125550142&Body=hi", key=None,
                                 headers={"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": "x", "X-Request-Id": f"r-{i}"})
            self.assertEqual(answer.status, 403)
        server.stop()
        lines = [line for line in server.log_text().splitlines() if "carrier_signature_refused" in line]
        self.assertLess(len(lines), 60)
        counted = sum(int(json.loads(line).get("count", 1)) for line in lines)
        self.assertEqual(counted, 1_000)


class Callers(unittest.TestCase):
    def test_the_body_of_a_keyless_caller_is_not_read(self):
        server = Server().start()
        self.addCleanup(server.close)
        with socket.create_connection(("127.0.0.1", server.port), timeout=10) as caller:
            caller.sendall(b"POST /v1/inbound HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\nExpect: 100-continue\r\n\r\n")
            self.assertTrue(caller.recv(4096).startswith(b"HTTP/1.1 401 "))

    def test_two_headers_of_which_one_may_come_are_refused(self):
        server = Server().start()
        self.addCleanup(server.close)
        for name in (b"Content-Type: application/json", b"Idempotency-Key: a"):
            with socket.create_connection(("127.0.0.1", server.port), timeout=10) as caller:
                caller.sendall(b"POST /v1/inbound HTTP/1.1\r\nHost: a\r\n" + name + b"\r\n" + name + b"\r\nContent-Length: 2\r\n\r\n{}")
                self.assertTrue(caller.recv(4096).startswith(b"HTTP/1.1 400 "))

    def test_more_idle_connections_than_descriptors_keep_nobody_out(self):
        server = Server({"limits": {"connections": 50}}).start()
        self.addCleanup(server.close)
        crowd = [socket.create_connection(("127.0.0.1", server.port), timeout=10) for _ in range(200)]

        self.assertEqual(server.call("GET", "/v1/keys").status, 200)
        for each in crowd:
            each.close()
        server.stop()
        self.assertIn('"event":"connections_full"', server.log_text())


class Settings(unittest.TestCase):
    def config(self, settings):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="answerback-e2e-"))
        path = folder / "answerback.json"
        path.write_text(json.dumps(settings))
        return str(path)

    def test_a_file_of_authorities_that_is_missing_is_named_with_its_key(self):
        done = run("config", "print", "--config", self.config({"webhooks": {"ca_file": "/nonexistent/ca.pem"}}))
        self.assertEqual(done.returncode, 3)
        self.assertIn("webhooks.ca_file", done.stderr)
        self.assertIn("/nonexistent/ca.pem", done.stderr)

    def test_check_says_where_a_secret_may_not_go(self):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="answerback-e2e-"))
        flow = folder / "price-check.json"
        flow.write_text(FLOW)
        bound = {"secrets": {"crm_token": {"env": "CRM_TOKEN", "hosts": ["crm.example"]}}}
        elsewhere = {"secrets": {"crm_token": {"env": "CRM_TOKEN", "hosts": ["other.example"]}}}
        self.assertEqual(run("check", str(flow)).returncode, 0)
        self.assertEqual(run("check", str(flow), "--config", self.config(bound)).returncode, 0)
        done = run("check", str(flow), "--config", self.config(elsewhere))
        self.assertEqual(done.returncode, 4)
        self.assertIn("call_header", done.stdout)
        self.assertEqual(run("check", str(flow), "--config", self.config({"secrets": {"crm_token": {"env": "CRM_TOKEN"}}})).returncode, 4)
        flow.write_text(FLOW.replace("https://crm.example", "http://crm.example"))
        done = run("check", str(flow))
        self.assertEqual(done.returncode, 4)
        self.assertIn("call_url", done.stdout)

    def test_a_flow_over_the_api_can_not_send_a_secret_elsewhere(self):
        server = Server({"secrets": {"crm_token": {"env": "CRM_TOKEN", "hosts": ["crm.example"]}}}).start()
        self.addCleanup(server.close)
        name = json.loads(FLOW)["flow"]
        self.assertEqual(server.call("PUT", "/v1/flows/" + name, raw=FLOW).status, 200)
        answer = server.call("PUT", "/v1/flows/" + name, raw=FLOW.replace("https://crm.example", "https://evil.example"))
        self.assertEqual(answer.status, 422)
        self.assertEqual([issue["code"] for issue in answer.json["errors"]], ["call_header"])

    def test_chat_shows_control_characters_as_pictures(self):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="answerback-e2e-"))
        flow = folder / "escape.json"
        flow.write_text(json.dumps({"flow": "escape", "title": "Escape", "language": "en", "sender": "Acme", "triggers": {"keywords": ["ESCAPE"]}, "start": "hi",
                                    "steps": {"hi": {"say": "Acme\u001b[2J here\u0007\u202e. Reply STOP to opt out.", "complete": "done"}}}))
        done = subprocess.run([BINARY, "chat", str(flow)], input="", capture_output=True, text=True, timeout=30)
        self.assertIn("Acme␛[2J here␇<U+202E>.", done.stdout)
        self.assertNotIn("\x1b", done.stdout)
