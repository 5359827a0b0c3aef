"""A text comes in, the conversation moves, the CRM is told."""
import json
import unittest

from harness import ADMIN, Crm, Server, phone, signature_fits, types


class MainRoad(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server().start()
        cls.crm = Crm()
        cls.endpoint = cls.server.subscribe(cls.crm.url, ["conversation.*", "contact.*"])
        cls.server.publish()

    @classmethod
    def tearDownClass(cls):
        cls.server.close()
        cls.crm.close()

    def of(self, number):
        return [e for e in self.crm.events() if e["data"].get("contact", {}).get("phone") == phone(number)]

    def wait(self, number, *wanted):
        self.crm.wait_for(lambda _: set(wanted) <= set(types(self.of(number))))
        return self.of(number)

    def test_a_conversation_is_completed_and_its_answers_reach_the_crm(self):
        first = self.server.text(phone(1), "roof", id="SM1")
        self.assertEqual(len(first["replies"]), 2)
        self.assertEqual(first["conversation"]["status"], "active")
        self.server.text(phone(1), "its leaking")
        self.server.text(phone(1), "about 12 years")
        last = self.server.text(phone(1), "78701")
        self.assertEqual((last["conversation"]["outcome"], last["conversation"]["reason"]), ("completed", "estimate_requested"))
        events = self.wait(1, "conversation.completed")
        done = next(e for e in events if e["type"] == "conversation.completed")["data"]
        self.assertEqual(done["answers"], {"service": "repair", "roof_age": 12, "zip": "78701"})
        self.assertEqual([i["reply"] for i in done["interactions"]], ["its leaking", "about 12 years", "78701"])
        self.assertEqual(done["conversation"]["trigger"], {"kind": "keyword", "value": "ROOF"})
        self.assertEqual((done["conversation"]["messages_in"], done["conversation"]["messages_out"]), (4, 5))
        self.assertEqual([e["data"]["sequence"] for e in events], list(range(1, len(events) + 1)))
        for headers, body in list(self.crm.got):
            self.assertTrue(signature_fits(self.endpoint["secret"], headers, body))

    def test_the_same_message_id_acts_once_and_gets_the_same_answer(self):
        first = self.server.text(phone(2), "ROOF", id="SM-twice")
        again = self.server.text(phone(2), "ROOF", id="SM-twice")
        self.assertTrue(again.pop("duplicate") and not first.pop("duplicate"))
        self.assertEqual(first, again)

    def test_stop_discards_at_once_confirms_once_and_start_brings_back(self):
        self.server.text(phone(3), "ROOF")
        stopped = self.server.text(phone(3), "Stop.")
        self.assertEqual((stopped["conversation"]["outcome"], stopped["conversation"]["reason"]), ("discarded", "opted_out"))
        self.assertEqual(len(stopped["replies"]), 1)
        self.assertEqual(self.server.text(phone(3), "STOP")["replies"], [])
        self.assertEqual(self.server.text(phone(3), "ROOF")["replies"], [])
        refused = self.server.call("POST", "/v1/conversations", {"flow": "roof-estimate", "to": phone(3)})
        self.assertEqual((refused.status, refused.json["code"]), (409, "opted_out"))
        self.server.text(phone(3), "START")
        events = self.wait(3, "contact.opted_out", "contact.opted_in", "conversation.discarded")
        self.assertEqual(sum(t.startswith("conversation.") and t != "conversation.started" for t in types(events)), 1)
        ledger = self.server.call("GET", f"/v1/contacts/{phone(3)}/consent").json
        self.assertEqual([row["status"] for row in ledger["data"]][-2:], ["opted_out", "opted_in"])

    def test_three_replies_that_make_no_sense_bail_to_a_person(self):
        self.server.text(phone(4), "ROOF")
        for _ in range(3):
            last = self.server.text(phone(4), "purple monkey")
        self.assertEqual((last["conversation"]["outcome"], last["conversation"]["reason"]), ("bailed", "not_understood"))

    def test_start_by_api_and_an_operator_s_end(self):
        started = self.server.call("POST", "/v1/conversations", {"flow": "roof-estimate", "to": phone(5), "contact": {"first_name": "Ana"}})
        self.assertEqual(started.status, 201, started.body)
        self.assertTrue(started.json["replies"][0]["text"].startswith("Hi Ana"))
        again = self.server.call("POST", "/v1/conversations", {"flow": "roof-estimate", "to": phone(5)})
        self.assertEqual((again.status, again.json["code"]), (409, "active_conversation"))
        unknown = self.server.call("POST", "/v1/conversations", {"flow": "nope", "to": phone(6)})
        self.assertEqual((unknown.status, unknown.json["code"]), (404, "unknown_flow"))
        path = "/v1/conversations/" + started.json["id"]
        self.assertEqual(self.server.call("POST", path + "/bail", {}).json["reason"], "operator")
        self.assertEqual(self.server.call("POST", path + "/discard", {}).json["code"], "already_ended")
        whole = self.server.call("GET", path).json
        self.assertEqual((whole["status"], whole["outcome"], len(whole["transcript"])), ("ended", "bailed", 2))

    def test_an_idempotency_key_makes_a_post_repeatable(self):
        wish = {"flow": "roof-estimate", "to": phone(7)}
        key = {"Idempotency-Key": "once"}
        first = self.server.call("POST", "/v1/conversations", wish, headers=key)
        again = self.server.call("POST", "/v1/conversations", wish, headers=key)
        self.assertEqual((first.status, first.body), (again.status, again.body))
        other = self.server.call("POST", "/v1/conversations", {**wish, "to": phone(8)}, headers=key)
        self.assertEqual((other.status, other.json["code"]), (422, "idempotency_key_reused"))

    def test_a_campaign_starts_its_contacts_and_names_itself_in_the_outcome(self):
        self.server.text(phone(20), "ROOF")
        self.server.text(phone(21), "STOP")
        made = self.server.call("POST", "/v1/campaigns", {"name": "Spring", "flow": "roof-estimate"}).json
        path = "/v1/campaigns/" + made["id"]
        contacts = {"contacts": [phone(20), phone(21), phone(22), {"phone": phone(23), "fields": {"first_name": "Bo"}}]}
        self.assertEqual(self.server.call("POST", path + "/contacts", contacts).json, {"added": 4, "already_there": 0})
        self.assertEqual(self.server.call("POST", path + "/start", {}).json["status"], "running")
        for number in (22, 23):
            entered = [e for e in self.wait(number, "contact.entered_campaign") if e["type"] == "contact.entered_campaign"]
            self.assertEqual([e["data"]["campaign"]["name"] for e in entered], ["Spring"])
        counts = self.server.call("GET", path).json["contacts"]
        self.assertEqual((counts["entered"], counts["skipped_active"], counts["skipped_opted_out"]), (2, 1, 1))
        for answer in ("1", "10", "78701"):
            self.server.text(phone(22), answer)
        done = [e for e in self.wait(22, "conversation.completed") if e["type"] == "conversation.completed"][0]
        self.assertEqual(done["data"]["campaign"], {"id": made["id"], "name": "Spring"})

    def test_events_are_caught_up_by_cursor_and_deliveries_sent_again(self):
        self.server.text(phone(30), "ROOF")
        self.wait(30, "conversation.started")
        seen, after = [], ""
        for _ in range(50):
            page = self.server.call("GET", f"/v1/events?limit=5{after}").json
            seen += page["data"]
            if page["next"] is None:
                break
            after = "&after=" + page["next"]
        self.assertEqual(len({e["id"] for e in seen}), len(seen))
        event = next(e for e in seen if e["type"] == "conversation.started")
        self.assertEqual(self.server.call("GET", "/v1/events/" + event["id"]).json, event)
        delivery = self.server.call("GET", f"/v1/deliveries?event={event['id']}").json["data"][0]
        before = len(self.crm.got)
        self.assertEqual(self.server.call("POST", f"/v1/deliveries/{delivery['id']}/redeliver", {}).status, 202)
        self.crm.wait_for(lambda events: len(events) > before)
        self.crm.wait_for(lambda _: len(self.server.call("GET", "/v1/deliveries/" + delivery["id"]).json["history"]) == 2)

    def test_a_replay_brings_what_the_endpoint_s_patterns_and_filter_want(self):
        began = self.server.text(phone(31), "ROOF")["conversation"]["id"]
        self.server.call("POST", f"/v1/conversations/{began}/complete", {"reason": "by_phone"})
        other = self.server.text(phone(32), "ROOF")["conversation"]["id"]
        self.server.call("POST", f"/v1/conversations/{other}/bail", {"reason": "by_phone"})
        late = Crm()
        endpoint = self.server.subscribe(late.url, ["conversation.*"], filter={"outcome": "completed", "reason": "by_phone"})
        since = {"since": "2020-01-01T00:00:00Z"}
        answer = self.server.call("POST", f"/v1/endpoints/{endpoint['id']}/replay", since)
        self.assertEqual((answer.status, answer.json), (202, {"deliveries": 1, "more": False}))
        late.wait_for(lambda events: [e["data"]["conversation"]["id"] for e in events] == [began])
        late.close()

    def test_a_backup_under_an_idempotency_key_is_made_once(self):
        key = {"Idempotency-Key": "nightly"}
        first = self.server.call("POST", "/v1/backups", {}, headers=key)
        again = self.server.call("POST", "/v1/backups", {}, headers=key)
        self.assertEqual((first.status, again.status, first.body), (201, 201, again.body))
        self.assertEqual(again.headers.get("Idempotency-Replayed"), "true")
        self.assertNotEqual(self.server.call("POST", "/v1/backups", {}).json["file"], first.json["file"])

    def test_a_test_event_is_sent_and_marked(self):
        answer = self.server.call("POST", f"/v1/endpoints/{self.endpoint['id']}/test", {})
        self.assertEqual(answer.status, 202, answer.body)
        self.crm.wait_for(lambda events: any(e["id"] == answer.json["event_id"] and e["type"] == "endpoint.test" for e in events))

    def test_an_erased_contact_stays_suppressed(self):
        self.server.text(phone(40), "ROOF")
        self.server.text(phone(40), "STOP")
        self.assertEqual(self.server.call("DELETE", f"/v1/contacts/{phone(40)}").status, 204)
        self.assertEqual(self.server.call("GET", f"/v1/contacts/{phone(40)}").status, 404)
        refused = self.server.call("POST", "/v1/conversations", {"flow": "roof-estimate", "to": phone(40)})
        self.assertEqual((refused.status, refused.json.get("code")), (409, "opted_out"))

    def test_erasing_ends_the_running_conversation_first(self):
        begun = self.server.text(phone(41), "ROOF")["conversation"]["id"]
        self.assertEqual(self.server.call("DELETE", f"/v1/contacts/{phone(41)}").status, 204)
        ended = self.server.call("GET", "/v1/conversations/" + begun).json
        self.assertEqual((ended["status"], ended["outcome"], ended["reason"]), ("ended", "discarded", "operator"))
        self.assertNotIn(phone(41), self.server.call("GET", "/v1/conversations/" + begun).body)

    def test_what_it_says_of_itself(self):
        self.assertEqual(self.server.call("GET", "/healthz", key=None).status, 200)
        self.assertEqual(self.server.call("GET", "/readyz", key=None).status, 200)
        self.assertIn("answerback_inbound_messages_total", self.server.call("GET", "/metrics").body)
        self.assertEqual(self.server.call("GET", "/openapi.json").json["openapi"][:3], "3.1")
        self.assertEqual(json.loads(self.server.call("GET", "/schemas/events/conversation.completed.v1.json").body)["type"], "object")

    def test_logs_hold_no_full_phone_no_text_and_no_key(self):
        self.server.text(phone(50), "ROOF")
        self.server.text(phone(50), "canary-text-xyzzy")
        log = self.server.log_text()
        for secret in (phone(50), phone(50)[2:], "canary-text", ADMIN, self.endpoint["secret"]):
            self.assertNotIn(secret, log)


if __name__ == "__main__":
    unittest.main()
