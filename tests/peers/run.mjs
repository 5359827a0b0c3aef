// Runs the judges one after the other, each test within its time: `node run.mjs [words a file's name must have]`.
import { readdir } from "node:fs/promises";
import { stop_all } from "./server.mjs";

const seconds_per_test = 60;
let passed = 0;
let failed = 0;

function within(seconds, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${seconds} s`)), seconds * 1000);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function what(error) {
  const lines = String(error?.stack ?? error).split("\n");
  return lines
    .slice(0, 12)
    .map((line) => "      " + line.slice(0, 600))
    .join("\n");
}

// What a judge gets: `test(name, body)` goes on after a failure, so that all of them are seen.
function tester(file) {
  return async (name, body) => {
    try {
      await within(seconds_per_test, (async () => body())());
      ++passed;
      console.log(`PASS  ${file}: ${name}`);
    } catch (error) {
      ++failed;
      console.log(`FAIL  ${file}: ${name}\n${what(error)}`);
    }
  };
}

const wanted = process.argv.slice(2);
const files = (await readdir(new URL("judges/", import.meta.url))).filter((file) => file.endsWith(".mjs")).sort();
for (const file of files.filter((name) => wanted.every((word) => name.includes(word)))) {
  const test = tester(file.replace(".mjs", ""));
  try {
    const judge = await import(`./judges/${file}`);
    await within(2 * seconds_per_test, judge.default(test));
  } catch (error) {
    await test("runs to its end", () => {
      throw error;
    });
  } finally {
    await stop_all();
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
