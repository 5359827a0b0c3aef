#!/usr/bin/env bash
# For tests/run.sh: 1,000 seeds without a broken invariant, in 40 situations at least, and every sabotage noticed. Both at once; the last
# line is "N passed, N failed".
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
seeds=$(mktemp)
trap 'rm -f "$seeds"' EXIT
"$here/run.sh" --seeds 1000 > "$seeds" 2>&1 &
worlds=$!
sabotages=$("$here/run.sh" --sabotages 2>&1)
wait "$worlds"
cat "$seeds"
echo "$sabotages"
passed=0
failed=0
for line in "$(tail -n 1 "$seeds")" "$(tail -n 1 <<< "$sabotages")"; do
  if [[ $line =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
    passed=$((passed + BASH_REMATCH[1]))
    failed=$((failed + BASH_REMATCH[2]))
  else
    failed=$((failed + 1))
  fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
