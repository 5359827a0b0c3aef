#!/usr/bin/env bash
# Measures speed and memory of a release build on this machine, in one run, and prints one JSON object as its last line.
#   tests/benchmarks/run.sh [--quick] [--runs N] [--dir FOLDER] [--only PART…]
#     --quick   small and short, a minute or two: shows that everything works, not how fast it is
#     --runs    of each measurement, interleaved with its reference; the median counts (default 5)
#     --dir     where the stores lie; must be on a disk (default: the build folder)
#     --only    some of: inbound pure deliveries memory loop_tasks
# Installs what it needs. Wants a quiet machine: load generator, server and receiver share it.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
build=build/release
mkdir -p build/logs
log=build/logs/benchmarks.log

step() {
  "$@" >>"$log" 2>&1 || { tail -n 30 "$log" >&2; echo "failed: $*; the whole log is $log" >&2; exit 1; }
}
: >"$log"
step cmake/packages.sh build tests benchmarks
step cmake --preset release -DANSWERBACK_TESTS=ON -DANSWERBACK_BENCHMARKS=ON
step cmake --build "$build" --target answerback bench_pure bench_seed bench_paced_load
# The stores of a full run take a few gigabytes; what is open at once is connections.
ulimit -n "$(ulimit -Hn)"
exec python3 -B tests/benchmarks/run.py --build "$build" "$@"
