#!/usr/bin/env bash
# Every script of the project reads clean to shellcheck.
set -euo pipefail
cd "${1:?root folder}"
find . -name '*.sh' -not -path './build/*' -not -path '*/node_modules/*' -print0 | xargs -0 shellcheck --severity=warning .ci/run
