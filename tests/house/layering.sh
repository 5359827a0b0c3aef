#!/usr/bin/env bash
# flows <- engine <- webhooks <- storage <- server: a folder includes itself and those to its left, nothing else.
# Heavy third-party headers stay in sources. Nothing impure in flows/ and engine/. No std::regex, no shell.
set -uo pipefail
cd "${1:?root folder}" || exit 2
failures=0
complain() {
  echo "$1" >&2
  echo "$2" | sed 's/^/  /' >&2
  failures=$((failures + 1))
}
refuse() { # message, grep pattern, files…
  local message=$1 pattern=$2 found
  shift 2
  found=$(grep -rnE "$pattern" "$@" --include='*.hpp' --include='*.cpp' 2>/dev/null | grep -v '://' )
  [ -z "$found" ] || complain "$message" "$found"
}

refuse "flows/ includes only itself" '#include "(engine|webhooks|storage|server)/' flows
refuse "engine/ includes flows/ and itself" '#include "(webhooks|storage|server)/' engine
refuse "webhooks/ includes nothing to its right" '#include "(storage|server)/' webhooks
refuse "storage/ includes nothing to its right" '#include "server/' storage
heavy=$(grep -rnE '#include <(boost/|nlohmann/json\.hpp|SQLiteCpp/|CLI/|httplib\.h|prometheus/|re2/|utf8proc\.h|date/)' \
  --include='*.hpp' flows engine webhooks storage server | grep -v '_impl\.hpp' | grep -vE '^(webhooks/(client|dispatch)|server/http|storage/sqlite)/')
[ -z "$heavy" ] || complain "heavy third-party headers belong into sources" "$heavy"
refuse "no clock, randomness, threads or I/O in flows/ and engine/" \
  '\b(system_clock|steady_clock|random_device|std::rand|std::thread|std::mutex|getenv|fstream|std::cout)\b' flows engine
refuse "no std::regex, no shell" '(std::regex|#include <regex>|\bpopen\(|\bsystem\()' flows engine webhooks storage server examples
refuse "cpp-httplib faces no network: only the command line's local client may use it" '#include <httplib\.h>' flows engine webhooks storage server/api server/http server/carriers
long=$(find flows engine webhooks storage server tests examples -name '*.[ch]pp' -exec wc -l {} + | awk '$2 != "total" && $1 > 400')
[ -z "$long" ] || complain "files over 400 lines" "$long"
[ "$failures" -eq 0 ]
