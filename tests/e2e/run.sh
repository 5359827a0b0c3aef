#!/usr/bin/env bash
# Plays the real binary end to end: tests/e2e/run.sh build/release/answerback. Ends with "N passed, N failed".
set -uo pipefail
binary=$(realpath "${1:?path of the answerback binary}")
[ -x "$binary" ] || { echo "there is no program $1"; exit 2; }
cd "$(dirname "$0")" || exit 2
ANSWERBACK=$binary exec python3 -B run.py "${@:2}"
