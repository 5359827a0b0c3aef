"""Consent over the wire: whose message id it is, what was written when, and what a repeated request is answered."""
import base64
import hashlib
import hmac
import json
import pathlib
import unittest
import urllib.parse

from harness import Server, phone

PUBLIC = "https://bot.example.org"
VISIT = (pathlib.Path(__file__).resolve().parents[1] / "engine/flows/bilingue.json").read_text()


class Consent(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        twilio = {"account_sid": "AC1", "auth_token": {"env": "TWILIO_TOKEN"}, "public_url": PUBLIC, "replies": "twiml"}
        cls.server = Server({"carriers": {"twilio": twilio}}).start()
        cls.server.publish()
        cls.server.publish(VISIT)

    @classmethod
    def tearDownClass(cls):
        cls.server.close()

    def twilio(self, sid, sender, text):
        """As Twilio signs it: HMAC-SHA1 over the URL and the sorted fields (twilio.com/docs/usage/security)."""
        path, fields = "/v1/inbound/twilio", {"MessageSid": sid, "From": sender, "To": "+15125550100", "Body": text, "NumMedia": "0"}
        signed = PUBLIC + path + "".join(name + fields[name] for name in sorted(fields))
        signature = base64.b64encode(hmac.new(b"12345", signed.encode(), hashlib.sha1).digest()).decode()
        headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": signature}
        return self.server.call("POST", path, raw=urllib.parse.urlencode(fields), key=None, headers=headers)

    def consent_of(self, number):
        return self.server.call("GET", f"/v1/contacts/{urllib.parse.quote(number)}").json["consent"]

    def test_a_message_id_belongs_to_its_senders_number(self):
        self.server.text(phone(1), "hello", id="m-1")
        clash = self.server.call("POST", "/v1/inbound", {"from": phone(2), "text": "ROOF", "id": "m-1"})
        self.assertEqual((clash.status, clash.json["code"]), (422, "id_of_another_number"))
        self.assertEqual(self.server.call("GET", f"/v1/contacts/{urllib.parse.quote(phone(2))}").status, 404)
        self.assertEqual(self.server.text(phone(2), "ROOF", id="m-2")["duplicate"], False)
        self.assertEqual(self.server.text(phone(1), "hello", id="m-1")["duplicate"], True)

    def test_a_stop_under_another_numbers_message_id_is_refused_and_stands(self):
        self.server.text(phone(20), "hello", id="m-20")
        self.server.text(phone(21), "ROOF", id="m-21")
        clash = self.server.call("POST", "/v1/inbound", {"from": phone(21), "text": "stop texting me", "id": "m-20"})
        self.assertEqual((clash.status, clash.json["code"]), (422, "id_of_another_number"))
        self.assertEqual(self.consent_of(phone(21)), "opted_out")
        self.assertEqual(self.server.text(phone(21), "1", id="m-22")["replies"], [])
        self.twilio("SM20", phone(22), "hello")
        self.assertEqual(self.twilio("SM20", phone(23), "STOP").status, 422)
        self.assertEqual(self.consent_of(phone(23)), "opted_out")
        self.assertNotIn("<Message>", self.twilio("SM21", phone(23), "ROOF").body)

    def test_a_late_start_and_a_late_yes_do_not_end_an_opt_out(self):
        self.server.text(phone(3), "ROOF", received_at="2026-03-02T10:00:00Z")
        self.server.text(phone(3), "STOP", received_at="2026-03-02T10:05:00Z")
        for text, written in (("START", "10:04:59"), ("START", "10:05:00"), ("yes", "10:04:00"), ("yes", "10:06:00"), ("ROOF", "10:07:00")):
            answer = self.server.text(phone(3), text, received_at=f"2026-03-02T{written}Z")
            self.assertEqual(answer["replies"], [], (text, written))
            self.assertEqual(self.consent_of(phone(3)), "opted_out", (text, written))
        self.assertEqual(len(self.server.text(phone(3), "START", received_at="2026-03-02T10:05:01Z")["replies"]), 1)
        self.assertEqual(self.consent_of(phone(3)), "opted_in")

    def test_after_stop_a_repeated_request_is_answered_by_what_may_be_sent_now(self):
        first = self.twilio("SM1", phone(4), "ROOF")
        self.assertIn("Acme Roofing", first.body)
        self.assertEqual(self.twilio("SM1", phone(4), "ROOF").body, first.body, "before the opt-out a retry gets the same answer")
        self.assertIn("unsubscribed", self.twilio("SM2", phone(4), "STOP").body)
        for sid, text in (("SM1", "ROOF"), ("SM2", "STOP"), ("SM2", "STOP"), ("SM3", "STOP"), ("SM3", "STOP")):
            self.assertNotIn("<Message>", self.twilio(sid, phone(4), text).body, (sid, text))
        self.assertIn("<Message>", self.twilio("SM4", phone(4), "HELP").body)
        self.assertIn("<Message>", self.twilio("SM4", phone(4), "HELP").body, "HELP is answered whoever asks, and its retry too")

    def test_a_repeat_after_the_way_back_brings_back_nothing_that_the_opt_out_ended(self):
        for sid, text in (("B1", "ROOF"), ("B2", "STOP"), ("B3", "START")):
            self.assertIn("<Message>", self.twilio(sid, phone(7), text).body, text)
        for sid, text in (("B1", "ROOF"), ("B2", "STOP")):
            self.assertNotIn("<Message>", self.twilio(sid, phone(7), text).body, text)
        self.assertIn("<Message>", self.twilio("B3", phone(7), "START").body)
        self.twilio("B4", phone(7), "STOP")
        self.assertNotIn("<Message>", self.twilio("B3", phone(7), "START").body)

    def test_a_start_that_was_written_between_two_opt_outs_and_comes_last_ends_none(self):
        for text, written in (("ROOF", "10:00"), ("STOP", "10:05"), ("STOP", "10:10"), ("START", "10:07")):
            self.server.text(phone(8), text, received_at=f"2026-03-02T{written}:00Z")
        self.assertEqual(self.consent_of(phone(8)), "opted_out")

    def test_a_json_repeat_after_stop_has_no_replies_either(self):
        self.assertEqual(len(self.server.text(phone(5), "ROOF", id="j-1")["replies"]), 2)
        self.server.text(phone(5), "STOP", id="j-2")
        for text, message in (("ROOF", "j-1"), ("STOP", "j-2")):
            again = self.server.text(phone(5), text, id=message)
            self.assertEqual((again["duplicate"], again["replies"]), (True, []))

    def test_a_flow_of_two_languages_hears_both_and_answers_in_the_conversations(self):
        self.server.text(phone(6), "visita")
        self.assertIn("baja confirmada", self.server.text(phone(6), "no más mensajes")["replies"][0]["text"])
        self.assertEqual(self.consent_of(phone(6)), "opted_out")


if __name__ == "__main__":
    unittest.main()
