// Asks the real binary what replies mean: one process, a line for each.
import { spawn } from "node:child_process";

export function understand(kind, replies, options = {}) {
  const words = ["understand", kind];
  for (const [name, value] of Object.entries(options)) words.push(`--${name}`, name === "options" ? JSON.stringify(value) : value);
  return new Promise((resolve, reject) => {
    const child = spawn(process.env.ANSWERBACK, words, { stdio: ["pipe", "pipe", "inherit"] });
    let out = "";
    child.stdout.setEncoding("utf8").on("data", (text) => (out += text));
    child.on("error", reject);
    child.on("close", (code) => {
      const lines = out.split("\n").filter((line) => line !== "");
      if (code !== 0 || lines.length !== replies.length) reject(new Error(`exit ${code}, ${lines.length} answers to ${replies.length} replies`));
      else resolve(lines.map((line) => JSON.parse(line)));
    });
    child.stdin.end(replies.map((reply) => reply + "\n").join(""));
  });
}

// Numbers that look random and are the same in every run (Park and Miller's minimal standard generator).
export function seeded(seed) {
  let state = seed;
  return (below) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
}
