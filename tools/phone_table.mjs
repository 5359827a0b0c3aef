// Writes flows/phone/phone_table.inc from the metadata of libphonenumber-js (a dependency of tests/peers):
//   cd tests/peers && npm ci && node ../../tools/phone_table.mjs > ../../flows/phone/phone_table.inc
// One row per calling code: its national numbers as one pattern. For the countries whose national spelling is understood the
// pattern is that of all kinds of numbers in use; for the others the general one of each country.
import { createRequire } from "node:module";

const load = createRequire(new URL("../tests/peers/package.json", import.meta.url));
const metadata = load("libphonenumber-js/metadata.max.json");
const { version } = load("libphonenumber-js/package.json");

const at_home = new Set(["1", "34", "33", "44", "52"]);
const [general_at, types_at, type_pattern_at] = [2, 11, 0];

function patterns_of(country, code) {
  const types = (country[types_at] || []).filter((type) => type && type[type_pattern_at]).map((type) => type[type_pattern_at]);
  return at_home.has(code) && types.length > 0 ? types : [country[general_at]];
}

const rows = new Map();
for (const [code, countries] of Object.entries(metadata.country_calling_codes)) {
  rows.set(code, countries.flatMap((name) => patterns_of(metadata.countries[name], code)));
}
for (const [code, entity] of Object.entries(metadata.nonGeographic)) rows.set(code, patterns_of(entity, code));

function literal(text) {
  const pieces = text.replaceAll("\\d", "[0-9]").match(/.{1,110}/g);
  return pieces.map((piece) => `"${piece}"`).join("\n     ");
}

console.log(`// Written by tools/phone_table.mjs from libphonenumber-js ${version} (metadata of Google's libphonenumber, Apache License 2.0,`);
console.log(`// facts about numbering plans); do not edit.`);
for (const [code, patterns] of [...rows].sort(([a], [b]) => a.localeCompare(b))) {
  console.log(`    {"${code}",\n     ${literal([...new Set(patterns)].join("|"))}},`);
}
