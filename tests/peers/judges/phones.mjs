// libphonenumber-js and the reading of phones agree: the same E.164 for what it calls possible, sure for what it calls valid.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { getCountries, getExampleNumber, parsePhoneNumberFromString } from "libphonenumber-js/max";
import { seeded, understand } from "../understand.mjs";

const examples = createRequire(import.meta.url)("libphonenumber-js/examples.mobile.json");

const countries = { US: [10], CA: [10], GB: [10, 9], ES: [9], FR: [9], MX: [10] };
const trunk = { US: "1", CA: "1", GB: "0", ES: "", FR: "0", MX: "" };

// Known disagreements: Mexico's mobile 1 of before August 2019 is kept, since carriers still send it.
const known = (number) => /^\+521\d{10}$/.test(number);

function digits(count, draw) {
  return String(1 + draw(9)) + Array.from({ length: count - 1 }, () => draw(10)).join("");
}

function spelled(national, country, draw) {
  const half = Math.floor(national.length / 2);
  const forms = [
    trunk[country] + national,
    `${trunk[country]}${national.slice(0, 3)} ${national.slice(3, 6)} ${national.slice(6)}`,
    `${trunk[country]}${national.slice(0, half)}-${national.slice(half)}`,
    `${trunk[country]}${national.slice(0, 3)}.${national.slice(3)}`,
  ];
  return forms[draw(forms.length)];
}

function compare(reply, answer, country) {
  const judge = parsePhoneNumberFromString(reply, { defaultCountry: country, extract: false });
  if (!judge?.isPossible()) return false;
  if (known(judge.number)) return false;
  assert.equal(answer.value, judge.number, reply);
  assert.equal(answer.sure, judge.isValid(), `${reply}: ${judge.number} is ${judge.isValid() ? "" : "not "}valid`);
  return true;
}

export default async function (test) {
  for (const [country, lengths] of Object.entries(countries)) {
    await test(`numbers as they are written in ${country}`, async () => {
      const draw = seeded(country.charCodeAt(0) * 256 + country.charCodeAt(1));
      const replies = Array.from({ length: 500 }, () => spelled(digits(lengths[draw(lengths.length)], draw), country, draw));
      const answers = await understand("phone", replies, { options: country });
      const judged = replies.filter((reply, i) => compare(reply, answers[i], country)).length;
      assert.ok(judged > 400, String(judged));
    });
  }

  await test("a mobile number of every country, from abroad", async () => {
    const numbers = getCountries().map((country) => getExampleNumber(country, examples)).filter((number) => number);
    const replies = numbers.map((number, i) => (i % 2 === 0 ? number.number : number.formatInternational()));
    const answers = await understand("phone", replies);
    assert.ok(replies.length > 200);
    for (const [i, number] of numbers.entries()) {
      assert.equal(answers[i].value, number.number, replies[i]);
      assert.ok(answers[i].sure, `${number.country} ${number.number}`);
    }
  });

  await test("numbers that are too short or too long to be possible at home are none", async () => {
    const replies = ["+1 512 555 014", "+1 512 555 01423", "+34 612 345 67", "+33 6 12 34 56 7", "+44 20 7946 09", "+52 55 1234 567"];
    for (const reply of replies) assert.ok(!parsePhoneNumberFromString(reply)?.isPossible(), reply);
    for (const [i, answer] of (await understand("phone", replies)).entries()) assert.equal(answer.value, null, replies[i]);
  });
}
