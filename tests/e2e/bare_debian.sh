#!/usr/bin/env bash
# The README's promise, tried where nothing is there yet: a bare Debian 12 in a chroot, a fresh clone, the two commands.
# As root:   tests/e2e/bare_debian.sh FOLDER [quickstart|tests|twice]      FOLDER is made by debootstrap when it is not there
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
bare=${1:?folder for the chroot}
what=${2:-quickstart}
case "$what" in
  quickstart) command="examples/quickstart.sh --once" ;;
  tests) command="tests/run.sh" ;;
  twice) command="tests/run.sh && tests/run.sh" ;;
  *) echo "usage: tests/e2e/bare_debian.sh FOLDER [quickstart|tests|twice]" >&2; exit 2 ;;
esac
[ -d "$bare/etc" ] || debootstrap --include=git,ca-certificates bookworm "$bare"
# The sources of this machine, security updates among them, as every real Debian 12 has them.
rm -rf "$bare/etc/apt/sources.list" "$bare/etc/apt/sources.list.d"
cp -a /etc/apt/sources.list* "$bare/etc/apt/"
# And whom it trusts: behind a proxy of a company's own, npm needs its certificate.
authorities=/etc/ssl/certs/ca-certificates.crt
cp "$authorities" "$bare$authorities"
clone=$bare/root/answerback-$$
git clone -q "$root" "$clone"
cleanup() {
  for mounted in dev/pts dev proc; do umount "$bare/$mounted" 2>/dev/null || true; done
  rm -rf "$clone"
}
trap cleanup EXIT
mount -t proc proc "$bare/proc"
mount --bind /dev "$bare/dev"
SECONDS=0
chroot "$bare" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin NODE_EXTRA_CA_CERTS="$authorities" bash -c "cd /root/${clone##*/} && $command"
echo "took $SECONDS s"
