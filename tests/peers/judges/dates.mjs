// chrono-node reads the same phrases at the same moment: dates, and dates with a time. Where the two disagree on purpose the
// phrase stands in `by_choice` with the reason, so that a change on either side is seen.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as chrono from "chrono-node";

const now = { wall: new Date(Date.UTC(2026, 2, 4, 10, 0)), at: "2026-03-04T10:00:00Z" }; // a Wednesday

const dates = {
  en: [
    "today", "tomorrow", "yesterday", "friday", "this friday", "last friday", "saturday", "on monday",
    "may 5", "May 5th", "5 may", "5th of may", "the 5th of may", "march 15, 2027", "15 march 2027", "Sept. 5", "dec 24",
    "2026-05-17", "5/17/2026", "05/17/26", "3/15", "in 3 days", "in two weeks", "in a week", "3 days ago", "two weeks ago",
    "3 days from now", "a week from now", "in 2 months", "next month", "june 1st 2026", "August 10", "25 December", "oct 31 2026",
    "the 21st of june", "2 weeks later", "february 29 2028", "tomorrow afternoon", "I can come on friday", "let us say march 20 please",
  ],
  es: [
    "hoy", "mañana", "ayer", "el viernes", "5 de mayo", "el 5 de mayo", "15 de marzo de 2027", "en 3 días",
    "24 de diciembre", "1 de junio de 2026", "17/5/2026", "en dos semanas",
  ],
  fr: [
    "aujourd'hui", "demain", "hier", "vendredi", "le 5 mai", "15 mars 2027", "dans 3 jours", "dans deux semaines", "24 décembre",
    "le 1er juin 2026", "17/05/2026", "il y a 3 jours",
  ],
};

const times = {
  en: [
    "tomorrow at 3pm", "friday at noon", "may 5 at 10:30am", "today at 15:45", "in 2 hours", "in 30 minutes",
    "march 20 at 4 pm", "5pm on friday", "2026-05-17 15:30", "tomorrow at 9:15 am", "saturday 11am", "dec 24 at 6pm", "3pm",
    "tomorrow at noon", "half an hour from now", "in an hour", "in 90 minutes", "friday at 17:00", "may 5 2027 8am",
  ],
  es: ["mañana a las 15:00", "5 de mayo a las 10:30", "en 2 horas"],
  fr: ["demain à 15h", "5 mai à 10h30", "dans 2 heures", "vendredi à 17h"],
};

// Phrase by phrase: what this project says instead, and why.
const by_choice = [
  ["en", "date", "next friday", "2026-03-13", "the one of next week, the coming one offered as well"],
  ["en", "date", "monday", "2026-03-09", "the coming one, not the nearest"],
  ["es", "date", "el próximo viernes", "2026-03-06", "the coming one, as the word is used for it; theirs is a week later"],
  ["en", "datetime", "next month on the 5th at 4pm", "2026-04-05T16:00", "theirs reads the month and drops day and hour"],
  ["en", "date", "in a few days", null, "\"a few\" is no number"],
  ["en", "date", "end of the month", "2026-03-31", "its last day"],
  ["en", "datetime", "tomorrow morning", "2026-03-05T09:00", "nine o'clock, not six"],
  ["en", "datetime", "tonight", "2026-03-04T20:00", "eight o'clock, not ten"],
  ["en", "datetime", "tomorrow at 3", "2026-03-05T15:00", "the half of the day in which offices are open"],
  ["en", "datetime", "friday", null, "no time was said"],
];

function understand(kind, language, replies) {
  const out = execFileSync(process.env.ANSWERBACK, ["understand", kind, "--language", language, "--at", now.at, "--zone", "UTC", "--json"], {
    input: replies.join("\n") + "\n",
    encoding: "utf8",
  });
  const lines = out.trim().split("\n").map((line) => JSON.parse(line));
  assert.equal(lines.length, replies.length);
  return lines;
}

const two = (number) => String(number).padStart(2, "0");

// chrono-node works on the wall's clock of this process, so it runs in UTC (the caller sets TZ).
function read_by_chrono(kind, language, reply) {
  const reader = { en: chrono.en.casual, es: chrono.es.casual, fr: chrono.fr.casual }[language];
  const [found] = reader.parse(reply, { instant: now.wall, timezone: 0 }, { forwardDate: !/\b(ago|last|yesterday)\b|ayer|hier|il y a/.test(reply) });
  if (!found) return null;
  const get = (part) => found.start.get(part);
  const date = `${get("year")}-${two(get("month"))}-${two(get("day"))}`;
  return kind === "date" ? date : `${date}T${two(get("hour"))}:${two(get("minute"))}`;
}

const ours = (kind, line) => (line.value === null ? null : kind === "date" ? line.value : line.value.slice(0, 16));

export default async function (test) {
  for (const [kind, table] of [["date", dates], ["datetime", times]]) {
    for (const [language, replies] of Object.entries(table)) {
      await test(`chrono-node and answerback read ${replies.length} phrases alike (${kind}, ${language})`, () => {
        const lines = understand(kind, language, replies);
        const apart = replies
          .map((reply, i) => ({ reply, ours: ours(kind, lines[i]), theirs: read_by_chrono(kind, language, reply) }))
          .filter((row) => row.ours !== row.theirs);
        assert.deepEqual(apart, []);
      });
    }
  }
  for (const [language, kind, reply, expected, why] of by_choice) {
    await test(`"${reply}" is read otherwise than by chrono-node: ${why}`, () => {
      assert.equal(ours(kind, understand(kind, language, [reply])[0]), expected);
      if (expected !== null) return;
      assert.notEqual(read_by_chrono(kind, language, reply), null);
    });
  }
}
