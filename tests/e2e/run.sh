#!/usr/bin/env bash
# Plays the real binary end to end: tests/e2e/run.sh build/release/answerback. Ends with "N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")" || exit 2
binary=$(realpath "${1:?path of the answerback binary}" 2>/dev/null || realpath "../../$1")
ANSWERBACK=$binary exec python3 -B run.py "${@:2}"
