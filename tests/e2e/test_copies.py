"""A store and its copies in the real process: ids, places in lists, what the log says, what goes on."""
import json
import re
import shutil
import unittest

from harness import Crm, Server, phone, types

PART = r"[0-9]+(s[0-9a-z]{6})?"


def origin_of(identifier):
    return re.fullmatch(r"[a-z]+_[0-9]+s([0-9a-z]{6}).*", identifier)[1]


class Copies(unittest.TestCase):
    def server(self, **more):
        server = Server(**more)
        self.addCleanup(server.close)
        return server

    def restored(self, original):
        """A second installation from a backup of the first, which runs on."""
        made = original.call("POST", "/v1/backups", {})
        self.assertLess(made.status, 300, made.body)
        copy = self.server()
        data = copy.folder / "data"
        data.mkdir()
        shutil.move(made.json["file"], data / "answerback.db")
        shutil.copy(original.folder / "data" / "suppression.key", data)
        return copy.start()

    def everything(self, server):
        """Every id that the API shows, by kind."""
        found = {}
        for path, kind in (("conversations", "cnv"), ("messages", "msg"), ("events", "evt"), ("deliveries", "dlv"), ("endpoints", "ep"), ("campaigns", "cmp")):
            found[kind] = {row["id"] for row in server.call("GET", f"/v1/{path}?limit=500" if kind not in ("ep", "cmp") else f"/v1/{path}").json["data"]}
        found["con"] = {server.call("GET", "/v1/contacts/" + phone(n)).json["id"] for n in range(1, 4)}
        return found

    def live(self, server):
        server.publish()
        server.subscribe("http://127.0.0.1:9/hook")
        server.call("POST", "/v1/campaigns", {"name": "spring", "flow": "roof-estimate"})
        for number in range(1, 4):
            server.text(phone(number), "ROOF")
            server.text(phone(number), "2")
        server.text(phone(3), "STOP")

    def test_two_installations_that_do_the_same_share_no_id(self):
        one, other = self.server().start(), self.server().start()
        self.live(one)
        self.live(other)
        for (kind, ours), theirs in zip(self.everything(one).items(), self.everything(other).values()):
            self.assertTrue(ours, kind)
            self.assertFalse(ours & theirs, kind)
            self.assertEqual(len(ours), len(theirs), kind)
            for identifier in ours:
                self.assertNotIn(".", identifier)
                self.assertRegex(identifier, rf"^{kind}_{PART}(_{PART})*$")

    def test_a_restored_backup_gives_ids_of_its_own_and_goes_on_with_what_was_there(self):
        original = self.server().start()
        self.live(original)
        before = self.everything(original)
        copy = self.restored(original)
        said = [json.loads(line) for line in copy.log_text().splitlines() if '"store_is_a_copy"' in line]
        self.assertEqual(len(said), 1)
        self.assertIn("backup", said[0]["why"])
        self.assertNotIn("store_is_a_copy", original.log_text())
        self.assertEqual(self.everything(copy), before)

        # Both go on: the same conversation, a new contact, a new endpoint.
        for server in (original, copy):
            conversation = server.text(phone(1), "12")["conversation"]
            self.assertIn(conversation["id"], before["cnv"])
            server.text(phone(1), "78701")
            server.text(phone(9), "ROOF")
            server.subscribe("http://127.0.0.1:9/other")
        mine, theirs = self.everything(original), self.everything(copy)
        for kind in mine:
            self.assertEqual(mine[kind] & theirs[kind], before[kind], kind)
            self.assertEqual(len(mine[kind]), len(theirs[kind]), kind)
        for server in (original, copy):
            events = server.call("GET", "/v1/events?limit=500").json["data"]
            ids = [event["id"] for event in events]
            self.assertEqual(len(ids), len(set(ids)))
            of_one = [event["data"]["sequence"] for event in events if event["data"].get("contact", {}).get("phone") == phone(1)]
            self.assertEqual(of_one, list(range(1, len(of_one) + 1)), "the sequence of a contact has no gap")
            for event in events:
                self.assertEqual(server.call("GET", "/v1/events/" + event["id"]).json, event)
        copied = self.server_id(copy)
        self.assertEqual(copied, said[0]["origin"])
        copy.stop()
        begin = len(copy.log_text())
        copy.start()
        self.assertNotIn("store_is_a_copy", copy.log_text(begin))
        copy.text(phone(8), "ROOF")
        self.assertEqual(origin_of(copy.call("GET", "/v1/contacts/" + phone(8)).json["id"]), copied)

    def server_id(self, server):
        return origin_of(server.call("GET", "/v1/contacts/" + phone(9)).json["id"])

    def test_a_place_in_a_list_of_another_life_is_refused_by_name(self):
        original = self.server().start()
        self.live(original)
        places = {}
        for path in ("events", "conversations", "messages", "deliveries"):
            place = original.call("GET", f"/v1/{path}?limit=2").json["next"]
            self.assertTrue(place, path)
            places[path] = place
            self.assertEqual(original.call("GET", f"/v1/{path}?limit=2&after={place}").status, 200)
        original.stop()
        original.start()
        copy = self.restored(original)
        for path, place in places.items():
            self.assertEqual(original.call("GET", f"/v1/{path}?after={place}").status, 200, "a restart is no copy")
            for old in (place, place.split("s")[0]):
                refused = copy.call("GET", f"/v1/{path}?after={old}")
                self.assertEqual((refused.status, refused.json["code"]), (400, "cursor_of_another_store"), refused.body)
                self.assertIn("anew", refused.json["detail"])
            own = copy.call("GET", f"/v1/{path}?limit=2").json["next"]
            self.assertEqual(copy.call("GET", f"/v1/{path}?after={own}").status, 200)
            self.assertEqual(copy.call("GET", f"/v1/{path}?after=nonsense").json["code"], "invalid_query")
        known = [event["id"] for event in original.call("GET", "/v1/events").json["data"]]
        after = [event["id"] for event in copy.call("GET", f"/v1/events?after={known[2]}").json["data"]]
        self.assertEqual(after, known[3:], "an event's id is a place in every life")

    def test_what_waited_in_the_backup_is_delivered_with_the_ids_that_it_had(self):
        original = self.server().start()
        original.publish()
        crm = Crm(lambda n: (503, {}))
        self.addCleanup(crm.close)
        original.subscribe(crm.url)
        original.text(phone(1), "ROOF")
        tried = {event["id"] for event in crm.wait_for(lambda events: len(events) > 0)}
        copy = self.restored(original)
        original.stop()
        began = len(crm.events())
        crm.wait_for(lambda events: len(events) > began and "contact.created" in types(events[began:]), 20)
        self.assertTrue(tried & {event["id"] for event in crm.events()[began:]})
        self.assertIn(next(iter(tried)), {event["id"] for event in copy.call("GET", "/v1/events").json["data"]})

    def test_a_folder_that_is_copied_while_nobody_uses_it_is_a_copy_and_a_renamed_one_is_not(self):
        original = self.server().start()
        original.text(phone(9), "hello")
        ours = self.server_id(original)
        original.stop()
        copy = self.server()
        shutil.copytree(original.folder / "data", copy.folder / "data")
        copy.start()
        self.assertIn("store_is_a_copy", copy.log_text())
        copy.text(phone(1), "hello")
        self.assertNotEqual(origin_of(copy.call("GET", "/v1/contacts/" + phone(1)).json["id"]), ours)
        moved = self.server()
        (original.folder / "data").rename(moved.folder / "data")
        moved.start()
        self.assertNotIn("store_is_a_copy", moved.log_text())
        moved.text(phone(1), "hello")
        self.assertEqual(origin_of(moved.call("GET", "/v1/contacts/" + phone(1)).json["id"]), ours)


if __name__ == "__main__":
    unittest.main()
