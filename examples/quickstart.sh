#!/usr/bin/env bash
# From nothing to a conversation: installs, builds, starts the server and an example CRM, publishes a flow, plays three
# conversations and a START over HTTP, and shows the webhooks as they arrive. Ends with the server running; Ctrl-C ends it.
#   examples/quickstart.sh [--once]     --once: end with 0 after the last webhook
set -uo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root" || exit 2
once=false
case "${1:-}" in
  "") ;;
  --once) once=true ;;
  *) echo "usage: examples/quickstart.sh [--once]" >&2; exit 2 ;;
esac

build=$root/build/release
logs=$root/build/logs
data=$(mktemp -d "${TMPDIR:-/tmp}/answerback-quickstart.XXXXXX")
mkdir -p "$logs"
server=""
crm=""
stage=starting

cleanup() {
  [ -z "$server" ] || { kill -TERM "$server" 2>/dev/null; wait "$server" 2>/dev/null; }
  [ -z "$crm" ] || { kill -TERM "$crm" 2>/dev/null; wait "$crm" 2>/dev/null; }
  rm -rf "$data"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

begin() { stage=$1; echo; echo "== $1"; }
fail() {
  {
    echo
    echo "quickstart: the stage \"$stage\" failed${1:+: $1}"
    [ -z "${2:-}" ] || { echo "the end of its log, $2:"; tail -n 20 "$2"; }
  } >&2
  exit 1
}

begin "installing packages"
cmake/packages.sh build >"$logs/quickstart-packages.log" 2>&1 || fail "" "$logs/quickstart-packages.log"

begin "building a release (the first time takes minutes)"
{ cmake --preset release -DANSWERBACK_TESTS=OFF && cmake --build "$build" --target answerback crm_receiver; } >"$logs/quickstart-build.log" 2>&1 ||
  fail "" "$logs/quickstart-build.log"

begin "starting the server on an embedded store"
ANSWERBACK_ADMIN_KEY=$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')
export ANSWERBACK_ADMIN_KEY
cat >"$data/answerback.json" <<JSON
{
  // The example CRM listens on this machine; webhooks into private networks need to be allowed.
  "webhooks": { "allow_private_cidrs": ["127.0.0.0/8"] },
  "brand": "Acme Roofing",
  "log": { "format": "text" }
}
JSON
server_log=$logs/quickstart-server.log
"$build/answerback" serve --config "$data/answerback.json" --listen 127.0.0.1:0 --data "$data/store" 2>"$server_log" &
server=$!
address=""
for _ in $(seq 1 200); do
  address=$(sed -n 's/.* listening address=\([^ ]*\).*/\1/p' "$server_log" | head -n 1)
  [ -n "$address" ] && break
  kill -0 "$server" 2>/dev/null || fail "the server ended" "$server_log"
  sleep 0.05
done
[ -n "$address" ] || fail "the server did not say where it listens" "$server_log"
echo "answerback listens on http://$address, all its state is under $data/store"

# call METHOD PATH BODY: prints the answer's body, fails the stage on anything but 2xx.
call() {
  local answer status
  answer=$(curl -sS --max-time 20 -w '\n%{http_code}' -X "$1" "http://$address$2" -H "Authorization: Bearer $ANSWERBACK_ADMIN_KEY" \
    -H 'Content-Type: application/json' ${3:+--data-binary "$3"}) || fail "$1 $2 was not answered" "$server_log"
  status=${answer##*$'\n'}
  answer=${answer%$'\n'*}
  [ "${status:0:1}" = 2 ] || fail "$1 $2 was answered $status: $answer" "$server_log"
  printf '%s' "$answer"
}
# field NAME: the first string under that name in the JSON on stdin.
field() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" | head -n 1; }

begin "starting the example CRM and subscribing it"
crm_log=$logs/quickstart-crm.log
port=0
for _ in $(seq 1 20); do
  port=$((20000 + RANDOM % 20000))
  (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
done
endpoint=$(call POST /v1/endpoints "{\"url\":\"http://127.0.0.1:$port/webhooks\",\"events\":[\"conversation.*\",\"contact.opted_in\",\"contact.opted_out\"],\"description\":\"example CRM\"}") || exit 1
(umask 077; printf '%s' "$endpoint" | field secret >"$data/secret")
"$build/examples/crm_receiver" --port "$port" --secret-file "$data/secret" >"$crm_log" 2>&1 &
crm=$!
echo "the CRM listens on http://127.0.0.1:$port/webhooks and knows the endpoint's secret"

begin "publishing examples/flows/roof-estimate.json"
call PUT /v1/flows/roof-estimate "@examples/flows/roof-estimate.json" | field flow | sed 's/$/ is published/' || exit 1

shown=0
# Shows the webhooks that have come in since the last look.
show_webhooks() {
  local lines
  lines=$(wc -l <"$crm_log")
  [ "$lines" -gt "$shown" ] && sed -n "$((shown + 1)),${lines}p" "$crm_log" | sed 's/^/      /'
  shown=$lines
}
# wait_for PATTERN: until the CRM has printed a line like that.
wait_for() {
  for _ in $(seq 1 200); do
    sed -n "$((waited + 1)),\$p" "$crm_log" | grep -q "$1" && break
    sleep 0.05
  done
  sed -n "$((waited + 1)),\$p" "$crm_log" | grep -q "$1" || fail "no webhook \"$1\" came" "$crm_log"
  waited=$(wc -l <"$crm_log")
  show_webhooks
}
waited=0
texts=0
# text PHONE WORDS: one SMS, and what comes back.
text() {
  local answer
  texts=$((texts + 1))
  echo "  $1 > $2"
  answer=$(call POST /v1/inbound "{\"id\":\"quickstart-$texts\",\"from\":\"$1\",\"text\":\"$2\"}") || exit 1
  printf '%s' "$answer" | sed 's/.*"replies"://' | grep -o '"text":"\([^"\\]\|\\.\)*"' | sed 's/^"text":"/    answerback: /; s/"$//'
}

begin "a conversation that is completed"
text +15125550142 "ROOF"
text +15125550142 "its leaking"
text +15125550142 "about 12 years"
text +15125550142 "78701"
wait_for conversation.completed

begin "one that bails to a person"
text +15125550143 "ESTIMATE"
text +15125550143 "can i talk to a human"
wait_for conversation.bailed

begin "one that STOP discards, and START"
text +15125550144 "ROOF"
text +15125550144 "STOP"
wait_for conversation.discarded
text +15125550144 "START"
wait_for "contact.opted_in"

if grep -q REFUSED "$crm_log"; then fail "a signature did not verify" "$crm_log"; fi
begin "done"
cat <<TEXT
Every webhook above carried a signature that the CRM verified.
Next:
  $build/answerback chat examples/flows/roof-estimate.json     talk to the flow yourself
  docs/flows.md                                                write a flow of your own
  docs/webhooks.md                                             receive outcomes in your CRM
TEXT
$once && exit 0
echo
echo "The server goes on at http://$address; its key: $ANSWERBACK_ADMIN_KEY"
echo "Ctrl-C ends it."
wait "$server"
