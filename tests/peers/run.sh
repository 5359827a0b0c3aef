#!/usr/bin/env bash
# Other people's libraries judge the real binary: tests/peers/run.sh build/release/answerback. Ends with "N passed, N failed".
set -uo pipefail
binary=$(realpath "${1:?path of the answerback binary}")
[ -x "$binary" ] || { echo "there is no program $1"; exit 2; }
cd "$(dirname "$0")" || exit 2

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  ../../cmake/packages.sh peers || { echo "Node.js could not be installed"; exit 1; }
fi
command -v promtool >/dev/null || ../../cmake/packages.sh tests || { echo "promtool could not be installed"; exit 1; }

# The same packages again cost nothing: what is installed is remembered by its lock file.
lock=$(sha256sum package-lock.json)
if [ "$(cat node_modules/.lock 2>/dev/null)" != "$lock" ]; then
  timeout 300 npm ci --no-audit --no-fund --loglevel=error || { echo "npm ci failed"; exit 1; }
  echo "$lock" >node_modules/.lock
fi
ANSWERBACK=$binary exec timeout --kill-after=10 300 node run.mjs "${@:2}"
