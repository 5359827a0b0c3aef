"""`understand` and `consent classify` through the real binary: lines in, one JSON object a line out."""
import json
import os
import subprocess
import unittest

BINARY = os.environ["ANSWERBACK"]


def run(*words, text=""):
    return subprocess.run([BINARY, *words], input=text.encode(), capture_output=True, timeout=20)


def answers(*words, text):
    done = run(*words, text=text)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


class Understand(unittest.TestCase):
    def values(self, kind, lines, *more):
        return [one["value"] for one in answers("understand", kind, *more, text="\n".join(lines) + "\n")]

    def test_a_line_is_a_reply_and_a_line_is_its_answer(self):
        got = answers("understand", "yes_no", text="Yep!!\nmaybe\n\nthanks, no\n")
        self.assertEqual(got, [{"value": True, "sure": True, "span": [0, 3]}, {"value": None, "sure": False, "span": [0, 0]},
                               {"value": None, "sure": False, "span": [0, 0]}, {"value": False, "sure": True, "span": [8, 10]}])

    def test_the_last_line_needs_no_end_and_windows_ends_do_no_harm(self):
        self.assertEqual([one["value"] for one in answers("understand", "yes_no", text="yes\r\nno")], [True, False])

    def test_options_are_those_of_a_flow(self):
        choices = '{"repair": ["1", "fix"], "replacement": ["2"]}'
        self.assertEqual(self.values("choice", ["its fixed", "the second one", "2"], "--options", choices), ["repair", "replacement", "replacement"])
        self.assertEqual(self.values("number", ["12", "200"], "--options", '{"max": 150}'), [12, None])
        self.assertEqual(self.values("postcode", ["sw1a 1aa"], "--options", '"GB"'), ["SW1A 1AA"])
        self.assertEqual(self.values("phone", ["06 12 34 56 78"], "--options", '{"country": "FR"}'), ["+33612345678"])

    def test_who_writes_is_told_by_country_and_number(self):
        self.assertEqual(self.values("date", ["3/4/2027"], "--country", "GB"), ["2027-04-03"])
        self.assertEqual(self.values("date", ["3/4/2027"], "--phone", "+447700900123"), ["2027-04-03"])
        self.assertEqual(self.values("date", ["3/4/2027"], "--phone", "+15125550142"), ["2027-03-04"])
        self.assertEqual(self.values("phone", ["this number", "07911 123456"], "--phone", "+447700900123"), ["+447700900123", "+447911123456"])
        self.assertEqual(run("understand", "phone", "--phone", "12").returncode, 2)
        self.assertEqual(run("understand", "date", "--country", "Britain").returncode, 2)

    def test_what_else_could_be_meant_is_told(self):
        got = answers("understand", "choice", "--options", '{"repair": [], "replacement": []}', text="repair or replacement?\n")
        self.assertEqual(got[0]["others"], ["repair", "replacement"])
        self.assertIsNone(got[0]["value"])

    def test_names_and_media(self):
        self.assertEqual(self.values("name", ["my name is ana lópez", "none of your business"]), ["Ana López", None])
        self.assertEqual(self.values("media", ["look https://media.example/1.jpg", "no picture"]), [["https://media.example/1.jpg"], None])

    def test_languages(self):
        self.assertEqual(self.values("yes_no", ["claro que no", "por supuesto"], "--language", "es"), [False, True])
        self.assertEqual(self.values("yes_no", ["pas du tout", "bien sûr"], "--language", "fr-CA"), [False, True])

    def test_what_phones_and_gateways_add_is_no_reply(self):
        choices = ("--options", '{"repair": ["1"], "replacement": ["2"]}')
        self.assertEqual(self.values("choice", ["Disliked “1) repair”", "👍 to “1) repair”", "2 Sent from my iPhone 1", "Auto reply: 1"], *choices),
                         [None, None, "replacement", None])
        self.assertEqual(self.values("number", ["Liked “How old? e.g. 12”", "Estoy conduciendo a 80", "  7 -- Sent from my iPhone 12"]), [None, 80, 7])
        got = answers("understand", "number", text="Re: 7 Get Outlook for iOS\n")
        self.assertEqual(got, [{"value": 7, "sure": True, "span": [4, 5]}])

    def test_today_is_where_the_contact_is(self):
        at = ("--at", "2026-03-02T03:00:00Z")
        self.assertEqual(self.values("date", ["today"], *at), ["2026-03-02"])
        self.assertEqual(self.values("date", ["today"], *at, "--zone", "America/Chicago"), ["2026-03-01"])

    def test_bytes_that_are_no_text_and_endless_lines_are_answered(self):
        done = subprocess.run([BINARY, "understand", "text"], input=b"\xff\xfe\n" + b"a" * 1_000_000 + b"\nok\n", capture_output=True, timeout=20)
        lines = [json.loads(line) for line in done.stdout.decode().splitlines()]
        self.assertEqual(len(lines), 3)
        self.assertEqual(len(lines[1]["value"]), 1600)
        self.assertEqual(lines[2]["value"], "ok")

    def test_wrong_use_is_named(self):
        for words, said in ((("yesno",), "yes_no"), (("yes_no", "--language", "ex"), "es"), (("yes_no", "--zone", "America/Chicgo"), "America/Chicago"),
                            (("date", "--at", "yesterday"), "instant"), (("number", "--options", '{"mim": 1}'), "min"),
                            (("number", "--options", "{"), "json_syntax"), (("postcode", "--options", '"DE"'), "DE"), ((), "KIND")):
            done = run("understand", *words)
            self.assertEqual(done.returncode, 2, (words, done.stderr))
            self.assertIn(said, done.stderr.decode(), words)
            self.assertEqual(done.stdout, b"")


class Consent(unittest.TestCase):
    def test_consent_words_are_told(self):
        got = answers("consent", "classify", text="STOP\nstart\nhelp\nrepair\n Please stop texting me \n")
        self.assertEqual([one["value"] for one in got], ["stop", "start", "help", None, "stop"])
        self.assertEqual(got[0], {"value": "stop", "sure": True, "span": [0, 4], "keyword": "stop", "language": "en"})
        self.assertEqual(got[3], {"value": None, "sure": False, "span": [0, 0]})
        self.assertEqual((got[4]["sure"], got[4]["span"]), (False, [1, 23]))

    def test_who_is_opted_out_may_say_yes_and_spanish_has_its_own_words(self):
        self.assertIsNone(answers("consent", "classify", text="YES\n")[0]["value"])
        self.assertEqual(answers("consent", "classify", "--opted-out", text="YES\n")[0]["value"], "start")
        self.assertEqual(answers("consent", "classify", "--language", "es", text="BAJA\n")[0]["value"], "stop")
        both = answers("consent", "classify", "--language", "en,es", text="STOP\nBAJA\nassez\n")
        self.assertEqual([one["value"] for one in both], ["stop", "stop", None])

    def test_wrong_use_is_named(self):
        self.assertEqual(run("consent").returncode, 2)
        self.assertEqual(run("consent", "classify", "--language", "xx").returncode, 2)
        self.assertEqual(run("consent", "classify", "--language", "es,xx").returncode, 2)


if __name__ == "__main__":
    unittest.main()
