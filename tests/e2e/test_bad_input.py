"""What bad input gets: a clear refusal with the field named, nothing half-done, and the server goes on."""
import json
import os
import random
import socket
import sqlite3
import subprocess
import time
import unittest
import urllib.parse

from harness import ADMIN, BINARY, ROOF, ROOT, Crm, Server, phone
from power_cut import VolatileDisk


def problem(test, answer, status, code=None):
    test.assertEqual(answer.status, status, answer.body)
    test.assertEqual(answer.headers["Content-Type"], "application/problem+json")
    test.assertEqual(set(answer.json) - {"errors"}, {"type", "title", "status", "code", "detail", "request_id"})
    if code:
        test.assertEqual(answer.json["code"], code, answer.body)
    return answer.json


class BadInput(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server({"carriers": {"twilio": {"account_sid": "AC1", "auth_token": {"env": "TWILIO_TOKEN"}, "public_url": "https://bot.example.org"}}}).start()
        cls.server.publish()

    @classmethod
    def tearDownClass(cls):
        cls.server.close()

    def tearDown(self):
        self.assertEqual(self.server.call("GET", "/healthz", key=None).status, 200)

    def inbound(self, body=None, raw=None):
        return self.server.call("POST", "/v1/inbound", body, raw=raw)

    def test_bytes_that_are_no_json(self):
        for raw, code in ((b'{"from":"\xff"}', "json_utf8"), (b'{"text":"a\\u0000b"}', None), (b'{"a":1,"a":2}', "json_duplicate_key"),
                          (b"[" * 10_000, "json_depth"), (b'{"from":', "json_syntax"), (b"1e999", "json_number")):
            problem(self, self.inbound(raw=raw), 400, code)

    def test_fields_that_are_wrong_are_named(self):
        for body, pointer in (({"from": phone(1)}, "/text"), ({"from": "", "text": "hi"}, "/from"), ({"from": "  ", "text": "hi"}, "/from"), ({"from": None, "text": "hi"}, "/from"), ({"text": "hi"}, "/from"), ({"from": 5, "text": "hi"}, "/from"),
                              ({"from": "no phone", "text": "hi"}, "/from"), ({"from": phone(1), "text": "hi", "txet": 1}, "/txet"),
                              ({"from": phone(1), "text": "x" * 100_000}, "/text"), ({"from": phone(1), "text": "hi", "received_at": "noon"}, "/received_at")):
            errors = problem(self, self.inbound(body), 422, "invalid")["errors"]
            self.assertIn(pointer, [error["pointer"] for error in errors])

    def test_a_start_to_nobody_is_refused(self):
        for to in ("", " ", "+", None, 5):
            answer = self.server.call("POST", "/v1/conversations", {"flow": "roof-estimate", "to": to})
            self.assertIn("/to", [error["pointer"] for error in problem(self, answer, 422, "invalid")["errors"]], to)

    def test_a_body_over_the_limit(self):
        self.assertEqual(self.inbound(raw=b"x" * 1_100_000).status, 413)

    def test_half_a_request_and_silence(self):
        connections = [socket.create_connection(("127.0.0.1", self.server.port)) for _ in range(20)]
        for connection in connections:
            connection.sendall(b"POST /v1/inbound HTTP/1.1\r\nHost: x\r\nContent-Le")
        self.assertEqual(self.server.text(phone(2), "hello")["duplicate"], False)
        for connection in connections:
            connection.close()

    def test_keys(self):
        for key in (None, "wrong", "ab_x_y", ADMIN + "x"):
            problem(self, self.server.call("GET", "/v1/contacts/" + phone(1), key=key), 401)

    def test_a_key_reaches_only_its_scope(self):
        made = self.server.call("POST", "/v1/keys", {"label": "gateway", "scopes": ["inbound"]}).json
        self.assertEqual(self.server.call("POST", "/v1/inbound", {"from": phone(3), "text": "hi"}, key=made["key"]).status, 200)
        problem(self, self.server.call("GET", "/v1/messages", key=made["key"]), 403)
        self.server.call("DELETE", "/v1/keys/" + made["id"])
        problem(self, self.server.call("POST", "/v1/inbound", {"from": phone(3), "text": "hi"}, key=made["key"]), 401)

    def test_paths_methods_and_queries(self):
        problem(self, self.server.call("GET", "/v1/nothing"), 404)
        self.assertIn("POST", self.server.call("GET", "/v1/inbound").headers["Allow"])
        problem(self, self.server.call("GET", "/v1/messages?limit=0"), 400)
        problem(self, self.server.call("GET", "/v1/messages?colour=red"), 400)
        problem(self, self.server.call("GET", "/v1/conversations/cnv_99_1"), 404)

    def test_a_flow_that_does_not_load_names_every_issue_and_changes_nothing(self):
        broken = json.loads(ROOF)
        broken["start"] = "gret"
        broken["steps"]["zip"]["nxt"] = "booked"
        answer = self.server.call("PUT", "/v1/flows/roof-estimate", broken)
        errors = problem(self, answer, 422, "invalid_flow")["errors"]
        self.assertLessEqual({"unknown_step", "unknown_field"}, {error["code"] for error in errors})
        self.assertTrue(any("did you mean" in error["detail"] for error in errors))
        self.assertEqual(self.server.call("GET", "/v1/flows/roof-estimate").json["revision"], 1)

    def test_endpoints_that_reach_into_the_house(self):
        for url in ("http://10.0.0.1/x", "https://169.254.169.254/latest", "https://user:pw@example.com/", "ftp://example.com/", "https://localhost./", "no url"):
            problem(self, self.server.call("POST", "/v1/endpoints", {"url": url, "events": ["*"]}), 422, "invalid")
        errors = problem(self, self.server.call("POST", "/v1/endpoints", {"url": "https://example.com/", "events": ["conversation.complete"]}), 422)["errors"]
        self.assertIn("conversation.completed", errors[0]["detail"])

    def test_twilio_without_a_fitting_signature(self):
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        body = "MessageSid=SM1&From=%2B15125550001&To=%2B15125550100&Body=hi"
        for signature in ({}, {"X-Twilio-Signature": "AAAA"}):
            problem(self, self.server.call("POST", "/v1/inbound/twilio", raw=body, key=None, headers={**form, **signature}), 403, "invalid_signature")
        self.assertEqual(self.server.call("POST", "/v1/inbound/twilio", raw="{}", key=None).status, 415)
        problem(self, self.server.call("POST", "/v1/inbound/telnyx", raw="{}", key=None), 501, "carrier_not_supported")


class BadEnvironment(unittest.TestCase):
    def test_a_full_disk_is_503_and_nothing_is_acknowledged_and_lost(self):
        server = Server(file_limit=2_000_000).start()
        try:
            server.publish()
            campaign = server.call("POST", "/v1/campaigns", {"name": "spring", "flow": "roof-estimate"}).json["id"]
            acknowledged, refused = [], 0
            for number in range(6_000):
                answer = server.call("POST", "/v1/inbound", {"id": f"m{number}", "from": phone(number % 50), "text": "x" * 3_000})
                self.assertIn(answer.status, (200, 503))
                if answer.status == 200:
                    acknowledged.append(answer.json["message_id"])
                else:
                    refused += 1
                if refused > 20:
                    break
            self.assertGreater(refused, 20)
            self.assertEqual(server.call("GET", "/healthz", key=None).status, 200)
            contact = {"phone": phone(900), "fields": {f"note_{i}": "x" * 200 for i in range(10)}}
            self.assertEqual(server.call("POST", f"/v1/campaigns/{campaign}/contacts", {"contacts": [contact]}).status, 503, "the disk is at fault, not this contact")
            server.kill()
            server.file_limit = None
            server.start()
            kept, after = set(), ""
            while True:
                page = server.call("GET", "/v1/messages?limit=500" + after).json
                kept |= {message["id"] for message in page["data"]}
                if page["next"] is None:
                    break
                after = "&after=" + page["next"]
            self.assertEqual(set(acknowledged) - kept, set())
            self.assertEqual(server.text(phone(1), "there is room again")["duplicate"], False)
        finally:
            server.close()

    def test_a_disk_whose_sync_fails_is_503_from_then_on_and_nothing_acknowledged_is_lost(self):
        server = Server()
        disk = VolatileDisk(server.folder / "data", random.Random(1))
        server.environment = disk.environment
        server.start()
        try:
            server.publish()
            before = server.text(phone(1), "ROOF", id="before")["message_id"]
            disk.failing.touch()
            self.assertEqual(server.call("POST", "/v1/inbound", {"from": phone(2), "text": "ROOF"}).status, 503)
            disk.failing.unlink()
            # Whether the disk has the pages now nobody can tell: not this process.
            self.assertEqual(server.call("POST", "/v1/inbound", {"from": phone(3), "text": "ROOF"}).status, 503)
            self.assertEqual(server.call("GET", "/readyz", key=None).status, 503)
            server.kill()
            disk.cut()
            server.start()
            self.assertIn(before, [message["id"] for message in server.call("GET", "/v1/messages").json["data"]])
            self.assertTrue(server.text(phone(1), "ROOF", id="before")["duplicate"])
            self.assertFalse(server.text(phone(2), "ROOF")["duplicate"])
        finally:
            server.close()

    def test_a_store_from_a_newer_version_is_refused_by_name(self):
        server = Server().start()
        server.stop()
        database = next((server.folder / "data").glob("*.db"))
        connection = sqlite3.connect(database)
        connection.execute("PRAGMA user_version = 9999")
        connection.close()
        with self.assertRaisesRegex(RuntimeError, "newer"):
            server.start()
        server.close()

    def test_a_second_process_on_the_same_store_is_refused(self):
        server = Server().start()
        second = Server(folder=server.folder)
        with self.assertRaisesRegex(RuntimeError, "another process"):
            second.start()
        server.close()

    def test_sigterm_drains_and_ends_with_0(self):
        server = Server().start()
        server.text(phone(1), "hello")
        self.assertEqual(server.stop(), 0)
        self.assertIn('"event":"ended"', server.log_text())
        server.close()

    def test_a_bad_flow_file_at_reload_keeps_the_good_revision_and_says_so(self):
        import pathlib
        import signal
        import tempfile
        import time
        folder = pathlib.Path(tempfile.mkdtemp())
        (folder / "roof.json").write_text(ROOF)
        server = Server({"flows": str(folder)}).start()
        try:
            self.assertEqual(server.call("GET", "/v1/flows/roof-estimate").json["revision"], 1)
            (folder / "roof.json").write_text(ROOF.replace('"start": "greet"', '"start": "grete"'))
            server.process.send_signal(signal.SIGHUP)
            deadline = time.monotonic() + 10
            while '"event":"flow_refused"' not in server.log_text() and time.monotonic() < deadline:
                time.sleep(0.02)
            self.assertIn("unknown_step", server.log_text())
            self.assertEqual(len(server.text(phone(1), "ROOF")["replies"]), 2)
        finally:
            server.close()

    def test_a_reload_of_a_folder_that_is_gone_says_so_and_ends_nothing(self):
        import pathlib
        import shutil
        import signal
        import tempfile
        import time
        folder = pathlib.Path(tempfile.mkdtemp())
        (folder / "roof.json").write_text(ROOF)
        server = Server({"flows": str(folder)}).start()
        try:
            shutil.rmtree(folder)
            server.process.send_signal(signal.SIGHUP)
            deadline = time.monotonic() + 10
            while '"event":"flows_reloaded"' not in server.log_text() and time.monotonic() < deadline:
                time.sleep(0.02)
            self.assertIn('"event":"flow_folder_missing"', server.log_text())
            self.assertIn('"event":"flows_reloaded"', server.log_text())
            self.assertEqual(len(server.text(phone(1), "ROOF")["replies"]), 2)
        finally:
            server.close()


class DamagedRows(unittest.TestCase):
    def test_one_damaged_conversation_ends_as_flow_error_and_holds_nobody_up(self):
        server = Server().start()
        self.addCleanup(server.close)
        server.publish()
        for n in (1, 2):
            server.text(phone(n), "ROOF")
        server.stop()
        with sqlite3.connect(server.folder / "data" / "answerback.db") as db:
            db.execute("UPDATE conversations SET state = x'02ff', due_at = 1, wake_at = 1 WHERE row = (SELECT min(row) FROM conversations)")
        db.close()
        server.start()
        self.assertEqual(server.text(phone(2), "its leaking")["conversation"]["status"], "active")
        deadline = time.monotonic() + 10
        outcome = None
        while outcome is None and time.monotonic() < deadline:
            outcome = server.call("GET", "/v1/conversations?outcome=bailed").json["data"]
            outcome = outcome[0] if outcome else None
        self.assertIsNotNone(outcome, "its silence ends it, and the others' timers go on")
        self.assertEqual(outcome["reason"], "flow_error")
        self.assertEqual(server.text(phone(1), "ROOF")["conversation"]["status"], "active")

    def test_damaged_numbers_hold_nobody_up_and_are_mended(self):
        server = Server().start()
        self.addCleanup(server.close)
        server.publish()
        for n in (1, 2, 3):
            server.text(phone(n), "ROOF")
        server.stop()
        with sqlite3.connect(server.folder / "data" / "answerback.db") as db:
            db.execute("UPDATE contacts SET consent = 99 WHERE phone = ?", (int(phone(1)[1:]),))
            db.execute("UPDATE conversations SET life = 77 WHERE contact = (SELECT key FROM contacts WHERE phone = ?)", (int(phone(2)[1:]),))
        db.close()
        server.start()
        self.assertIn("answerback_damaged_rows_read_total 0\n", server.call("GET", "/metrics").body)
        self.assertEqual(server.text(phone(1), "its leaking")["replies"], [], "in doubt this person has opted out")
        self.assertEqual(server.text(phone(2), "its leaking")["conversation"]["status"], "active")
        deadline = time.monotonic() + 10
        while "damaged_rows_read" not in server.log_text() and time.monotonic() < deadline:
            time.sleep(0.02)
        self.assertIn("damaged_rows_read", server.log_text())
        self.assertNotIn("answerback_damaged_rows_read_total 0\n", server.call("GET", "/metrics").body)
        campaign = server.call("POST", "/v1/campaigns", {"name": "spring", "flow": "roof-estimate"}).json["id"]
        added = server.call("POST", f"/v1/campaigns/{campaign}/contacts", {"contacts": [phone(n) for n in range(1, 201)]})
        self.assertEqual((added.status, added.json["added"]), (200, 200), added.body)
        server.stop()
        with sqlite3.connect(server.folder / "data" / "answerback.db") as db:
            db.execute("UPDATE contacts SET consent = 99, sequence = 0 WHERE phone = ?", (int(phone(3)[1:]),))
        db.close()
        server.start()
        known = {"phone": phone(3), "fields": {"roof": "flat"}}
        added = server.call("POST", f"/v1/campaigns/{campaign}/contacts", {"contacts": [phone(300), known, phone(301)]})
        self.assertEqual((added.status, added.json["added"]), (200, 2), "an event's number was given before: nothing of it is stored, and nobody else misses out")
        self.assertEqual(added.json["refused"], [{"pointer": "/contacts/1", "code": "not_stored"}])
        alone = server.call("POST", f"/v1/campaigns/{campaign}/contacts", {"contacts": [known]})
        self.assertEqual((alone.status, alone.json), (200, {"added": 0, "already_there": 0, "refused": [{"pointer": "/contacts/0", "code": "not_stored"}]}))
        server.stop()

        def command(*arguments):
            return subprocess.run([BINARY, "db", *arguments, "--data", server.folder / "data"], capture_output=True, text=True, timeout=60)

        check = command("check")
        self.assertEqual(check.returncode, 1)
        self.assertIn("its consent is none", check.stdout)
        self.assertIn("db mend", check.stderr)
        told = command("mend")
        self.assertEqual((told.returncode, command("check").stdout), (0, check.stdout), "without --yes nothing is written")
        self.assertIn("now opted out", told.stdout)
        done = json.loads(command("mend", "--yes", "--json").stdout)
        self.assertTrue(done["mended"] and os.path.exists(done["backup"]), done)
        self.assertEqual(command("check").stdout, "sound\n")
        self.assertEqual(command("mend", "--yes").returncode, 0)
        server.start()
        self.assertEqual(command("mend", "--yes").returncode, 1, "not while a server runs")
        contact = server.call("GET", "/v1/contacts/" + urllib.parse.quote(phone(3))).json
        self.assertEqual(contact["consent"], "opted_out")


class CommandLine(unittest.TestCase):
    def run_it(self, *arguments, stdin="", **environment):
        return subprocess.run([BINARY, *arguments], input=stdin, capture_output=True, text=True, timeout=30, cwd=ROOT, env={**os.environ, **environment})

    def test_exit_codes(self):
        flow = "examples/flows/roof-estimate.json"
        for code, *arguments in ((0, "version"), (0, "check", flow), (0, "graph", flow), (2,), (2, "dance"), (2, "check"), (2, "check", flow, "--format", "pdf"),
                                 (6, "check", "nowhere.json"), (6, "chat", "nowhere.json"), (4, "check", "tests/broken_flows"), (6, "test", "nowhere"),
                                 (3, "config", "print", "--config", "nowhere.json"), (3, "serve", "--listen", "127.0.0.1:0", "--data", "")):
            done = self.run_it(*arguments)
            self.assertEqual(done.returncode, code, (arguments, done.stdout, done.stderr))
            if code:
                self.assertTrue(done.stderr + done.stdout, arguments)

    def test_an_unknown_configuration_key_is_an_error_with_a_hint(self):
        server = Server({"webhooks": {"timeuot": "5s"}})
        with self.assertRaisesRegex(RuntimeError, "timeout"):
            server.start()
        self.assertEqual(server.process.returncode, 3)

    def test_chat_in_json(self):
        done = self.run_it("chat", "examples/flows/roof-estimate.json", "--json", stdin="/set first_name=Ana\n2\n12\n78701\n")
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertIn("Hi Ana, Acme Roofing here. Reply STOP to opt out.", [line.get("text") for line in lines])
        self.assertEqual(lines[-1]["type"], "outcome")
        self.assertEqual((lines[-1]["outcome"], lines[-1]["answers"]), ("completed", {"service": "replacement", "roof_age": 12, "zip": "78701"}))

    def test_chat_moves_the_clock(self):
        done = self.run_it("chat", "examples/flows/roof-estimate.json", "--json", stdin="/wait 2h\n/wait 25h\n")
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertIn("Still there? What does your roof need?", [line.get("text") for line in lines])
        self.assertEqual((lines[-1]["outcome"], lines[-1]["reason"]), ("discarded", "no_reply"))

    def test_secrets_are_not_printed(self):
        done = self.run_it("config", "print", "--json", ANSWERBACK_ADMIN_KEY="a-secret-of-the-operator")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotIn("a-secret-of-the-operator", done.stdout + done.stderr)
        self.assertIn({"key": "admin_key", "value": "***", "origin": "environment"}, json.loads(done.stdout))


if __name__ == "__main__":
    unittest.main()
