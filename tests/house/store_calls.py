#!/usr/bin/env python3
"""Every call of the store's seam is made by the conformance scenarios, which run on every store."""
import pathlib
import re
import sys

# What only a store in a file has; the one in memory refuses or ignores it. tests/storage/sqlite_disk_test.cpp takes and reads copies,
# sqlite_identity_test.cpp marks them.
ELSEWHERE = {"backup_to", "mark_as_copy"}


def main(root):
    seam = (root / "storage/store.hpp").read_text(encoding="utf-8")
    calls = set(re.findall(r"^  virtual [^;~(]*?[ >&*](\w+)\(", seam, re.MULTILINE))
    scenarios = "".join(path.read_text(encoding="utf-8") for path in sorted((root / "tests/storage/conformance").glob("*.cpp")))
    missing = sorted(call for call in calls - ELSEWHERE if not re.search(rf"(->|\.){call}\(", scenarios))
    for call in missing:
        print(f"storage/store.hpp: no conformance scenario calls {call}()")
    return 1 if missing or len(calls) < 40 else 0


sys.exit(main(pathlib.Path(sys.argv[1])))
