"""Running conversations go over to another revision of their flow, on a store that is a file."""
import sqlite3
import unittest

from harness import ROOT, Server, phone

FLOW = (ROOT / "examples/flows/roof-estimate.json").read_text()
RENAMED = FLOW.replace('"to": "age"', '"to": "roof_age"').replace('"age":     {', '"roof_age": {')


class Migrate(unittest.TestCase):
    def test_conversations_are_moved_in_the_file_and_go_on_after_a_restart(self):
        server = Server().start()
        self.addCleanup(server.close)
        server.publish(FLOW)
        for number in range(3):
            server.text(phone(number), "ROOF")
            server.text(phone(number), "2")
        server.publish(RENAMED)
        moved = server.call("POST", "/v1/flows/roof-estimate/migrate", {"from": 1, "to": 2, "steps": {"age": "roof_age"}})
        self.assertEqual((moved.status, moved.json), (200, {"migrated": 3, "left": 0}))
        server.stop()
        with sqlite3.connect(server.folder / "data/answerback.db") as store:
            self.assertEqual(store.execute("SELECT DISTINCT revision FROM conversations").fetchall(), [(2,)])
        server.start()
        answer = server.text(phone(0), "12")
        self.assertEqual(answer["conversation"]["status"], "active")
        ended = server.text(phone(0), "78701")["conversation"]
        self.assertEqual((ended["outcome"], ended["reason"]), ("completed", "estimate_requested"))
