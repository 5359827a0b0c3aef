#!/usr/bin/env bash
# Every header compiles alone: it includes what it needs. Ends with "N passed, N failed".
set -uo pipefail
cd "${1:?root folder}" || exit 2
compiler=${CXX:-g++}
check() {
  local failed=0 passed=0
  for header in "$@"; do
    if printf '#include "%s"\n' "$header" | "$compiler" -std=c++20 -fsyntax-only -I. -Wall -Wextra -Wpedantic -Wshadow -Werror \
      -DBOOST_ASIO_NO_DEPRECATED -x c++ -; then
      passed=$((passed + 1))
    else
      failed=$((failed + 1))
      echo "FAIL $header does not stand alone"
    fi
  done
  echo "$passed $failed"
}
export -f check
export compiler
find flows engine webhooks storage server -name '*.hpp' -print0 | xargs -0 -P "$(nproc)" -n 12 bash -c 'check "$@"' _ >/tmp/headers.$$ 2>&1
grep -vE '^[0-9]+ [0-9]+$' /tmp/headers.$$
awk '/^[0-9]+ [0-9]+$/ { passed += $1; failed += $2 } END { printf "%d passed, %d failed\n", passed, failed; exit failed > 0 }' /tmp/headers.$$
status=$?
rm -f /tmp/headers.$$
exit "$status"
