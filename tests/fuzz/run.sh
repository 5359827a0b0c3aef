#!/usr/bin/env bash
# Builds every fuzz target with clang and libFuzzer and lets each look for trouble.
#   tests/fuzz/run.sh [SECONDS] [TARGET…]      60 seconds each, all targets
# What a target found before is kept in build/fuzz/corpus/TARGET; input that broke it in build/fuzz/found/. Ends with one line:
# "N passed, N failed".
set -uo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root" || exit 2
seconds=${1:-60}
[ $# -gt 0 ] && shift
targets=("$@")
if [ ${#targets[@]} -eq 0 ]; then
  for source in tests/fuzz/*.cpp; do targets+=("$(basename "$source" .cpp)"); done
fi

build() {
  cmake/packages.sh build tests fuzz && cmake --preset fuzz && cmake --build build/fuzz --target "${targets[@]/#/fuzz_}"
}
mkdir -p build/logs build/fuzz/found
echo "building ${#targets[@]} targets"
if ! build >build/logs/fuzz-build.log 2>&1; then
  tail -n 40 build/logs/fuzz-build.log
  echo "the build failed; the whole log is build/logs/fuzz-build.log"
  echo "0 passed, ${#targets[@]} failed"
  exit 1
fi

# What the examples and the broken flows hold is where the loader's search begins.
seeds_of() {
  case "$1" in
    json | flow_loader) echo examples/flows tests/broken_flows ;;
    config_file) echo tests/server/data/config ;;
  esac
}

passed=0
failed=0
for target in "${targets[@]}"; do
  corpus=build/fuzz/corpus/$target
  log=build/logs/fuzz-$target.log
  mkdir -p "$corpus"
  read -ra seeds <<<"$(seeds_of "$target")"
  # libFuzzer ends by itself; the outer limit is for a target that hangs where libFuzzer can't see it.
  if timeout --kill-after=10 $((seconds + 60)) "build/fuzz/tests/fuzz/fuzz_$target" -max_total_time="$seconds" -timeout=10 \
    -rss_limit_mb=2048 -max_len=8192 -artifact_prefix="build/fuzz/found/$target-" "$corpus" "${seeds[@]}" >"$log" 2>&1; then
    passed=$((passed + 1))
    echo "ok    $target: $(grep -oE '^#[0-9]+' "$log" | tail -n 1) inputs"
  else
    failed=$((failed + 1))
    echo "FAIL  $target; the whole log is $log"
    grep -E 'ERROR|SUMMARY|Test unit written' "$log" | head -n 5
  fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
