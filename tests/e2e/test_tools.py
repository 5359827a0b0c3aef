"""An author's tools beside a running server: what its store holds is drawn, replayed and moved while texts come in."""
import json
import pathlib
import subprocess
import tempfile
import unittest

from harness import BINARY, ROOF, Server, phone


class Tools(unittest.TestCase):
    def setUp(self):
        self.server = Server().start()
        self.addCleanup(self.server.close)
        self.server.publish()
        self.folder = tempfile.TemporaryDirectory(prefix="answerback-tools-")
        self.addCleanup(self.folder.cleanup)
        self.data = str(self.server.folder / "data")

    def run_it(self, *arguments):
        return subprocess.run([BINARY, *arguments], capture_output=True, text=True, timeout=60, cwd=self.folder.name)

    def file(self, name, source):
        path = pathlib.Path(self.folder.name) / name
        path.write_text(source)
        return str(path)

    def talk(self):
        for text in ("ROOF", "2", "12", "78701"):
            self.server.text(phone(1), text)
        for text in ("ROOF", "agent"):
            self.server.text(phone(2), text)
        for text in ("ROOF", "STOP"):
            self.server.text(phone(3), text)
        self.server.text(phone(4), "ROOF")

    def test_the_counts_of_a_running_servers_store_fit_at_every_step(self):
        self.talk()
        done = self.run_it("graph", "roof-estimate", "--data", self.data, "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        counted = json.loads(done.stdout)
        self.assertEqual((counted["conversations"], counted["not_placed"]), (4, 0))
        for step in counted["steps"]:
            self.assertEqual(step["entered"], step["passed"] + step["waiting"] + sum(step["ended"].values()), step)
        steps = {step["step"]: step for step in counted["steps"]}
        self.assertEqual((steps["service"]["entered"], steps["service"]["waiting"], steps["service"]["ended"]["discarded"]), (4, 1, 1))
        self.assertEqual(steps["booked"]["ended"]["completed"], 1)
        drawn = self.run_it("graph", "roof-estimate", "--data", self.data, "--format", "dot")
        self.assertIn("4 in, 2 on, 1 waiting, 1 discarded here", drawn.stdout)
        self.assertEqual(self.run_it("graph", "roof-estimate", "--data", self.data, "--revision", "7").returncode, 6)

    def test_a_replay_of_the_same_revision_differs_in_nothing_and_of_another_where_it_says(self):
        self.talk()
        same = self.run_it("replay", self.file("same.json", ROOF), "--since", "1d", "--data", self.data)
        self.assertEqual((same.returncode, same.stdout), (0, "0 of 4 conversations would differ\n"), same.stderr)
        other = self.file("other.json", ROOF.replace("About how old", "How old"))
        done = self.run_it("replay", other, "--since", "1d", "--data", self.data, "--json")
        self.assertEqual(done.returncode, 1, done.stderr)
        told = json.loads(done.stdout)
        self.assertEqual((told["compared"], told["different"]), (4, 1))
        self.assertEqual(told["conversations"][0]["differences"], [{"what": "text", "name": "3"}])
        self.assertNotIn(phone(1), done.stdout)
        self.assertEqual(self.run_it("replay", other, "--since", "soon", "--data", self.data).returncode, 2)
        # The server never noticed: it writes on.
        self.server.text(phone(5), "ROOF")

    def test_a_replay_says_what_it_cannot_open(self):
        done = self.run_it("replay", self.file("same.json", ROOF), "--since", "1d", "--data", self.folder.name + "/nowhere")
        self.assertEqual(done.returncode, 1)
        self.assertIn("there is no data folder", done.stderr)
        self.assertFalse((pathlib.Path(self.folder.name) / "nowhere").exists())

    def test_what_chat_saved_passes_as_a_test(self):
        flow = self.file("roof.json", ROOF)
        chat = subprocess.run([BINARY, "chat", flow], input="its leaking\nno idea\n/back\n12\n/save mine\n", capture_output=True, text=True, timeout=60)
        self.assertEqual(chat.returncode, 0, chat.stderr)
        saved = json.loads((pathlib.Path(self.folder.name) / "mine.test.json").read_text())
        self.assertEqual([turn.get("reply") for turn in saved["turns"]], [None, "its leaking", "12"])
        self.assertEqual(self.run_it("test", self.folder.name).returncode, 0)

    def test_what_fails_is_rewritten_shown_and_not_called_a_pass(self):
        self.file("roof.json", ROOF)
        said = {"flow": "roof.json", "turns": [{"start": True, "expect": [{"contains": "Hi"}, "What?"]}], "outcome": None}
        test = self.file("said.test.json", json.dumps(said))
        done = self.run_it("test", "--update", test)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotIn("ok   ", done.stdout)
        self.assertNotIn("… Hi …", done.stdout, "what fits is no difference")
        self.assertIn("updated", done.stdout)
        self.assertIn("What?", done.stdout)
        self.assertIn("0 passed, 0 failed, 1 updated", done.stdout)
        self.assertEqual(json.loads(pathlib.Path(test).read_text())["turns"][0]["expect"][0], {"contains": "Hi"})
        before = pathlib.Path(test).read_text()
        self.assertIn("1 passed, 0 failed\n", self.run_it("test", "--update", test).stdout)
        self.assertEqual(pathlib.Path(test).read_text(), before, "what passes is left as it is")

    def test_what_rewriting_cannot_mend_stays_a_failure_and_its_file_stays_as_it_is(self):
        self.file("roof.json", ROOF)
        test = self.file("call.test.json", json.dumps({"flow": "roof.json", "turns": [{"start": True}, {"call": "fails"}]}))
        before = pathlib.Path(test).read_text()
        done = self.run_it("test", "--update", test)
        self.assertEqual(done.returncode, 5, done.stdout)
        self.assertIn("FAIL", done.stdout)
        self.assertEqual(pathlib.Path(test).read_text(), before)

    def test_coverage_counts_the_steps_of_subflows(self):
        examples = pathlib.Path(__file__).resolve().parents[2] / "examples" / "flows"
        covered = json.loads(self.run_it("test", *map(str, examples.glob("moving-quote.*.test.json")), "--coverage", "--json").stdout)
        inner = covered["coverage"]["visit-time"]
        self.assertGreater(inner["steps"]["reached"], 0)
        self.assertTrue(inner["file"].endswith("visit-time.json"), inner["file"])
        alone = {"flow": str(examples / "moving-quote.json"), "turns": [{"start": True}]}
        covered = json.loads(self.run_it("test", self.file("alone.test.json", json.dumps(alone)), "--coverage", "--json").stdout)
        self.assertEqual(covered["coverage"]["visit-time"]["steps"]["reached"], 0, "what no test came to is named too")

    def test_chat_starts_by_a_keyword_and_shows_what_a_call_sends(self):
        flow = self.file("price.json", (pathlib.Path(__file__).resolve().parents[1] / "support" / "price_check.json").read_text())
        chat = lambda lines, *options: subprocess.run([BINARY, "chat", flow, *options], input=lines, capture_output=True, text=True, timeout=60)
        done = chat("78701\n", "--start", "price", "--json")
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        started = next(line["event"]["data"]["conversation"] for line in lines if line["type"] == "event" and line["event"]["data"].get("conversation"))
        self.assertEqual(started["trigger"], {"kind": "keyword", "value": "PRICE"})
        call = next(line for line in lines if line["type"] == "call")
        self.assertEqual((call["method"], call["body"], call["headers"]), ("POST", {"zip": "78701"}, {"Authorization": "{secret: crm_token}"}))
        self.assertIn('{"zip":"78701"}', chat("/start PRICE\n78701\n").stdout)
        self.assertIn("starts no flow", chat("", "--start", "nothing").stderr)

    def test_generated_tests_cover_the_flow_and_take_the_place_of_older_ones(self):
        flow = self.file("roof.json", ROOF)
        self.file("roof.generated-99.test.json", "{}")
        done = self.run_it("test", "--generate", flow, "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        made = json.loads(done.stdout)["flows"][0]
        self.assertEqual(made["uncovered"], [])
        self.assertEqual(sorted(str(p) for p in pathlib.Path(self.folder.name).glob("*.test.json")), sorted(made["files"]))
        covered = json.loads(self.run_it("test", self.folder.name, "--coverage", "--json").stdout)
        self.assertEqual((covered["failed"], covered["coverage"]["roof-estimate"]["percent"]), (0, 100.0))


if __name__ == "__main__":
    unittest.main()
