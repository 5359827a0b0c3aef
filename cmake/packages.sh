#!/usr/bin/env bash
# Installs what a task needs from Debian 12, as root or with sudo, and only when something is missing.
#   cmake/packages.sh build              to build and run answerback
#   cmake/packages.sh build tests        to run the tests too
#   cmake/packages.sh peers              to let other people's libraries judge
#   cmake/packages.sh build benchmarks   to run the benchmarks too
#   cmake/packages.sh build tests fuzz   to fuzz too
#   cmake/packages.sh build tests tsan   to look for races
#   cmake/packages.sh build tidy         to run clang-tidy
set -euo pipefail

packages=()
for task in "$@"; do
  case "$task" in
    build) packages+=(g++ cmake ninja-build pkg-config ccache mold curl ca-certificates
        libboost1.81-dev nlohmann-json3-dev libsqlitecpp-dev libsqlite3-dev libcpp-httplib-dev libssl-dev libfmt-dev
        libcli11-dev libre2-dev libutf8proc-dev libhowardhinnant-date-dev prometheus-cpp-dev tzdata) ;;
    tests) packages+=(catch2 librapidcheck-dev libbenchmark-dev libicu-dev prometheus shellcheck python3 git) ;;
    # The judges from outside; run.sh asks for it only where there is no node and npm yet.
    peers) packages+=(nodejs npm) ;;
    benchmarks) packages+=(nginx-light wrk python3) ;;
    # The presets tsan and fuzz.
    fuzz | tsan) packages+=(clang-14 libclang-rt-14-dev lld-14) ;;
    tidy) packages+=(clang-14 clang-tidy-14) ;;
    *) echo "cmake/packages.sh: no task \"$task\"; tasks are build, tests, peers, benchmarks, fuzz, tsan, tidy" >&2; exit 2 ;;
  esac
done

missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "packages are missing and there is no sudo; install as root: ${missing[*]}" >&2; exit 1; }
  as_root=(sudo)
fi
echo "installing: ${missing[*]}"
"${as_root[@]}" apt-get update -qq
# A service that Debian would start by itself (nginx, prometheus) is not wanted: only the programs are.
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
