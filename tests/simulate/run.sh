#!/usr/bin/env bash
# Lives through simulated worlds, bit for bit the same for the same seed.
#   run.sh                      1,000 seeds; what broke, and which situations were met
#   run.sh --seed N             one of them, with its story; --sabotage NAME breaks an invariant on purpose
#   run.sh --sabotages          each sabotage must be noticed within 200 seeds
#   run.sh --forever --from N   until it is ended
# ANSWERBACK_BUILD: the folder of the build (default: build/release).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=${ANSWERBACK_BUILD:-$here/../../build/release}
if [[ ! -x $build/tests/simulate/simulate ]]; then
  cmake -S "$here/../.." --preset release -DANSWERBACK_SIMULATE=ON > /dev/null
  cmake --build "$build" --target simulate
fi
exec "$build/tests/simulate/simulate" "$@"
