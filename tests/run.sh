#!/usr/bin/env bash
# Installs, builds and runs every test: unit and conformance tests under ASan and UBSan, the real binary end to end, and the
# judges from outside (npm), and simulated worlds. Ends with one line: "N passed, N failed".
set -uo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root" || exit 2
logs=$root/build/logs
mkdir -p "$logs"
passed=0
failed=0

say() { printf '%(%H:%M:%S)T  %s\n' -1 "$*"; }

# A stage that everything after it needs: on failure the log's end is shown and the run is over.
must() {
  local name=$1
  shift
  say "$name"
  if ! "$@" >"$logs/$name.log" 2>&1; then
    tail -n 40 "$logs/$name.log"
    echo "the stage \"$name\" failed; the whole log is build/logs/$name.log"
    echo "$passed passed, $((failed + 1)) failed"
    exit 1
  fi
}

# A script that prints "N passed, N failed" last; its numbers are added up.
count() {
  local name=$1 line
  shift
  say "$name"
  "$@" >"$logs/$name.log" 2>&1
  local status=$?
  line=$(grep -E '^[0-9]+ passed, [0-9]+ failed' "$logs/$name.log" | tail -n 1)
  local good=${line%% passed*} bad=${line#*passed, }
  bad=${bad%% failed*}
  if [ -z "$line" ]; then good=0 bad=1; fi
  if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then bad=1; fi
  passed=$((passed + good))
  failed=$((failed + bad))
  if [ "$bad" -ne 0 ]; then
    grep -E 'FAIL|Error|error' "$logs/$name.log" | tail -n 20
    tail -n 30 "$logs/$name.log"
    echo "\"$name\": $bad failed; the whole log is build/logs/$name.log"
  fi
}

ctest_counted() {
  ctest --test-dir "$1" --output-on-failure --no-tests=error -j "$(nproc)"
  local status=$?
  python3 tests/house/ctest_summary.py "$1"
  return "$status"
}

must packages cmake/packages.sh build tests
must configure-dev cmake --preset dev -DANSWERBACK_BENCHMARKS=ON
must build-dev cmake --build build/dev
must configure-release cmake --preset release -DANSWERBACK_TESTS=OFF -DANSWERBACK_SIMULATE=ON
must build-release cmake --build build/release
count headers tests/house/headers.py .
count unit ctest_counted build/dev
count simulate tests/simulate/judge.sh
count e2e tests/e2e/run.sh build/release/answerback
count peers tests/peers/run.sh build/release/answerback

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
