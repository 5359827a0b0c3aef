// fuzzball and the choice's typo rule agree: where fuzzball finds one choice clearly nearest to a slip of the hand, that one is
// understood, as a guess; where it finds nothing near, nothing is.
import assert from "node:assert/strict";
import * as fuzzball from "fuzzball";
import { seeded, understand } from "../understand.mjs";

const lists = [
  ["repair", "replacement", "inspection", "maintenance"],
  ["plumbing", "electrical", "roofing", "painting", "landscaping", "flooring"],
  ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
  ["reparacion", "instalacion", "mantenimiento", "presupuesto"],
];
const clear_margin = 15;
const shortest = 5;

// One slip: two letters exchanged, one left out, doubled, or another in its place; the first letter is seldom wrong.
function slip(word, draw) {
  const at = 1 + draw(word.length - 2);
  const letter = "abcdefghijklmnopqrstuvwxyz"[draw(26)];
  const made = [
    word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2),
    word.slice(0, at) + word.slice(at + 1),
    word.slice(0, at) + word[at] + word.slice(at),
    word.slice(0, at) + letter + word.slice(at + 1),
  ];
  return made[draw(made.length)];
}

function nearest(typed, choices) {
  const ranked = fuzzball.extract(typed, choices, { scorer: fuzzball.ratio });
  return { word: ranked[0][0], score: ranked[0][1], margin: ranked[0][1] - ranked[1][1] };
}

export default async function (test) {
  for (const choices of lists) {
    const options = Object.fromEntries(choices.map((choice) => [choice, []]));
    await test(`slips of ${choices[0]}, ${choices[1]} … are understood as fuzzball ranks them`, async () => {
      const draw = seeded(choices.length * 1009);
      const typed = Array.from({ length: 400 }, () => slip(choices[draw(choices.length)], draw)).filter(
        (word) => !choices.includes(word) && word.length >= shortest,
      );
      const answers = await understand("choice", typed, { options });
      let judged = 0;
      for (const [i, word] of typed.entries()) {
        const near = nearest(word, choices);
        if (near.margin < clear_margin) continue;
        ++judged;
        assert.equal(answers[i].value, near.word, word);
      }
      assert.ok(judged > 200, String(judged));
      assert.ok(answers.filter((answer) => answer.value !== null && !answer.sure).length > judged * 0.8);
    });

    await test(`words far from ${choices[0]}, ${choices[1]} … are none of them`, async () => {
      const words = ["banana", "television", "anything", "yesterday", "keyboard", "umbrella", "chocolate", "question"];
      const far = words.filter((word) => nearest(word, choices).score < 50);
      assert.ok(far.length >= 5);
      for (const answer of await understand("choice", far, { options })) assert.equal(answer.value, null);
    });
  }
}
