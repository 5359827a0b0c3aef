// Writes flows/phone/phone_country.inc from the metadata of libphonenumber-js (a dependency of tests/peers):
//   cd tests/peers && npm ci && node ../../tools/phone_country.mjs DATE > ../../flows/phone/phone_country.inc
// DATE is when that version was published, as `npm view libphonenumber-js time` says. One row per calling code with its main country;
// in North America also one per area code outside the United States.
import { createRequire } from "node:module";

const load = createRequire(new URL("../tests/peers/package.json", import.meta.url));
const metadata = load("libphonenumber-js/metadata.max.json");
const { version } = load("libphonenumber-js/package.json");

const date = process.argv[2] || "";
if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) throw new Error("say when the package's version was published: 2026-11-10");

const north_america = "1";
const [types_at, type_pattern_at] = [11, 0];
const geographic = [0, 1];  // fixed lines and mobiles
const three_digits = Array.from({ length: 800 }, (_, i) => String(200 + i));
const lines = ["0000", "1234", "5555", "9999"];

// Whether any number of the area is the country's. The patterns tell apart exchanges; of some of those only few lines are given out.
function has_area(country, area) {
  const patterns = geographic.map((type) => metadata.countries[country][types_at]?.[type]?.[type_pattern_at]).filter(Boolean);
  const numbers = new RegExp(`^(?:${patterns.join("|")})$`);
  return three_digits.some((exchange) => lines.some((line) => numbers.test(area + exchange + line)));
}

function country_of_area(area) {
  const found = metadata.country_calling_codes[north_america].filter((country) => has_area(country, area));
  if (found.length > 1) throw new Error(`${area} is of ${found}`);
  return found[0];
}

const rows = [];
for (const area of three_digits) {
  const country = country_of_area(area);
  if (country && country !== "US") rows.push([north_america + area, country]);
}
rows.push(...Object.entries(metadata.country_calling_codes).map(([code, countries]) => [code, countries[0]]));
rows.sort(([a], [b]) => (a < b ? -1 : 1));

console.log(`// Written by tools/phone_country.mjs from libphonenumber-js ${version}, published ${date} (metadata of Google's libphonenumber,`);
console.log("// Apache License 2.0, facts about numbering plans); do not edit.");
for (let at = 0; at < rows.length; at += 10)
  console.log("    " + rows.slice(at, at + 10).map(([code, country]) => `{"${code}", "${country}"},`).join(" "));
