"""What the CRM gets to act on: handovers, changes of contacts, the caller's own ids, and opt-outs of people who were erased since."""
import unittest

from harness import Crm, Server, phone, types

CALLBACK = """{
  "flow": "callback", "title": "Call me back", "language": "en", "start": "when", "triggers": { "keywords": ["CALL"] },
  "contact_fields": ["wants"],
  "steps": {
    "when": { "ask": "Acme here. When, morning or evening? Reply STOP to opt out.", "answer": "part_of_day",
              "expect": { "choice": { "early_morning": ["morning"], "evening": [] } }, "next": "keep" },
    "keep": { "set": { "contact.wants": "{{answers.part_of_day}}" }, "next": "done" },
    "done": { "say": "We will call.", "complete": "call_wanted" },
    "person": { "say": "A person will write.", "bail": "wants_person" } },
  "anytime": [ { "phrases": ["real person"], "to": "person" } ] }"""


class Events(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.up = True
        cls.server = Server({"senders": [{"number": "+15125550100", "brand": "Acme"}], "webhooks": {
            "allow_private_cidrs": ["127.0.0.0/8"], "schedule": ["1s"] * 9, "trip_after": 100}}).start()
        cls.crm = Crm(lambda _: (200 if cls.up else 503, {}))
        cls.endpoint = cls.server.subscribe(cls.crm.url, ["conversation.*", "contact.*"])
        cls.server.publish(CALLBACK)

    @classmethod
    def tearDownClass(cls):
        cls.server.close()
        cls.crm.close()

    def setUp(self):
        type(self).up = True

    def wait(self, contact, kind):
        def wanted(events):
            return [e for e in events if e["type"] == kind and e["data"]["contact"]["id"] == contact]
        self.crm.wait_for(wanted)
        return wanted(self.crm.events())

    def test_who_takes_over_gets_the_conversation(self):
        contact = self.server.text(phone(1), "CALL")["contact_id"]
        self.server.text(phone(1), "purple")
        bailed = self.server.text(phone(1), "give me a real person please")
        data = self.wait(contact, "conversation.bailed")[0]["data"]
        handover = data["handover"]
        self.assertEqual((handover["step"], handover["phrase"], handover["truncated"]), ("person", "real person", False))
        self.assertEqual(handover["question"]["step"], "when")
        self.assertEqual([(r["reply"], r["cause"]) for r in handover["question"]["not_understood"]], [("purple", "not_understood")])
        self.assertEqual([line["text"] for line in handover["transcript"] if line["direction"] == "in"],
                         ["CALL", "purple", "give me a real person please"])
        self.assertEqual(handover["transcript"][-1]["text"], "A person will write.")
        whole = self.server.call("GET", handover["whole_at"]).json
        self.assertEqual((whole["id"], len(whole["transcript"])), (bailed["conversation"]["id"], len(handover["transcript"])))
        told = data["conversation"]
        self.assertEqual((told["title"], told["language"], told["our_number"]), ("Call me back", "en", "+15125550100"))

    def test_a_flow_that_sets_a_field_says_so_once(self):
        first = self.server.text(phone(2), "CALL")
        self.server.text(phone(2), "in the morning")
        updated = self.wait(first["contact_id"], "contact.updated")
        self.assertEqual([(e["data"]["changed"], e["data"]["previous"], e["data"]["conversation_id"]) for e in updated],
                         [({"fields": {"wants": "early_morning"}}, {"fields": {"wants": None}}, first["conversation"]["id"])])
        done = self.wait(first["contact_id"], "conversation.completed")[0]["data"]
        self.assertEqual([(i["sure"], i["label"]) for i in done["interactions"]], [(True, "early morning")])

    def test_the_caller_finds_people_by_ids_of_its_own(self):
        put = lambda number, body: self.server.call("PUT", f"/v1/contacts/{phone(number)}", body)
        made = put(3, {"first_name": "Ana", "external_id": "crm-3", "source": "fair"})
        self.assertEqual((made.status, made.json["external_id"], made.json["fields"]), (200, "crm-3", {"first_name": "Ana"}))
        created = self.wait(made.json["id"], "contact.created")[0]["data"]["contact"]
        self.assertEqual((created["fields"], created["external_id"], created["source"]), ({"first_name": "Ana"}, "crm-3", "fair"))
        taken = put(4, {"fields": {"first_name": "Ben"}, "external_id": "crm-3"})
        self.assertEqual((taken.status, taken.json["code"]), (409, "external_id_taken"))
        self.assertNotIn("5125550003", taken.body)
        self.assertEqual(self.server.call("GET", f"/v1/contacts/{phone(4)}").status, 404)
        self.assertEqual(put(4, {"fields": {"first_name": "Ben"}, "external_id": 4711, "source": "fair"}).json["external_id"], "4711")
        listed = lambda query: [c["phone"] for c in self.server.call("GET", "/v1/contacts?" + query).json["data"]]
        self.assertEqual(listed("external_id=crm-3"), [phone(3)])
        self.assertEqual(listed("source=fair"), [phone(4), phone(3)])
        self.assertEqual(listed("external_id=nobody"), [])
        self.assertEqual(self.server.call("GET", "/v1/contacts?colour=blue").status, 400)
        self.assertEqual(put(3, {"external_id": None}).json["external_id"], None)
        self.assertEqual(put(3, {"external_id": "x" * 129}).status, 422)
        begun = self.server.call("POST", "/v1/conversations", {"flow": "callback", "to": phone(5), "contact": {"external_id": "4711"}})
        self.assertEqual((begun.status, begun.json["code"]), (409, "external_id_taken"))
        campaign = self.server.call("POST", "/v1/campaigns", {"name": "Fall", "flow": "callback"}).json["id"]
        added = self.server.call("POST", f"/v1/campaigns/{campaign}/contacts", {"contacts": [
            {"phone": phone(6), "external_id": "crm-6", "source": "list"}, {"phone": phone(7), "external_id": "4711"}]}).json
        self.assertEqual(added, {"added": 1, "already_there": 0, "refused": [{"pointer": "/contacts/1", "code": "external_id_taken"}]})
        self.assertEqual(listed("source=list"), [phone(6)])

    def test_an_opt_out_by_hand_brings_its_proof(self):
        contact = self.server.text(phone(8), "CALL")["contact_id"]
        self.server.call("POST", f"/v1/contacts/{phone(8)}/opt-out", {"source": "call", "note": "was angry", "evidence": "recording 17"})
        data = self.wait(contact, "contact.opted_out")[0]["data"]
        self.assertEqual((data["consent"]["evidence"], data["consent"]["note"]), ("recording 17", "was angry"))
        self.assertTrue(data["consent"]["actor"])
        self.assertEqual((data["conversation"]["flow"], data["our_number"]), ("callback", "+15125550100"))

    def test_an_opt_out_reaches_the_crm_though_the_contact_is_erased_meanwhile(self):
        self.server.call("PUT", f"/v1/contacts/{phone(9)}", {"first_name": "Ana", "external_id": "crm-9"})
        contact = self.server.text(phone(9), "CALL")["contact_id"]
        self.wait(contact, "conversation.started")
        type(self).up = False
        self.server.text(phone(9), "STOP")
        self.assertEqual(self.server.call("DELETE", f"/v1/contacts/{phone(9)}").status, 204)
        type(self).up = True
        erased = self.wait(contact, "contact.erased")[0]
        self.assertEqual(erased["data"]["contact"], {"id": contact, "external_id": "crm-9"})
        mine = [e for e in self.crm.events() if e["data"]["contact"]["id"] == contact]
        out = [e for e in mine if e["type"] == "contact.opted_out"][-1]
        self.assertEqual((out["data"]["contact"]["phone"], out["data"]["contact"]["fields"]), (phone(9), {}))
        self.assertEqual(types(mine)[-1], "contact.erased")
        kept = [e for e in self.server.call("GET", "/v1/events?limit=500").json["data"] if e["data"].get("contact", {}).get("id") == contact]
        self.assertEqual({bool(e["data"].get("erased")) for e in kept if e["type"] != "contact.erased"}, {True})
        self.assertNotIn(phone(9), str(kept))


if __name__ == "__main__":
    unittest.main()
