#!/usr/bin/env python3
"""Every header compiles alone: it includes what it needs. Ends with "N passed, N failed".

A few headers that most others include are precompiled and read first where a header includes them anyway, by whatever way. That
hides nothing: includes stand at the top, so such a header sees the same names before its own first line with or without it.
"""
import concurrent.futures
import functools
import os
import pathlib
import re
import subprocess
import sys
import tempfile

FOLDERS = ("flows", "engine", "webhooks", "storage", "server")
BASES = ("webhooks/outbox.hpp", "flows/flow.hpp")  # the widest first
COMPILE = [os.environ.get("CXX", "g++"), *"-std=c++20 -I. -Wall -Wextra -Wpedantic -Wshadow -Werror -Winvalid-pch".split(),
           "-DBOOST_ASIO_NO_DEPRECATED", "-x"]


@functools.lru_cache(maxsize=None)
def included(header):
    """The project's headers that this one includes, and those that they include."""
    direct = re.findall(r'^#include "([^"]+)"', pathlib.Path(header).read_text(encoding="utf-8"), re.MULTILINE)
    return frozenset(direct).union(*(included(each) for each in direct))


def compiled(arguments, source):
    """What the compiler complains of; nothing when it takes the source."""
    done = subprocess.run([*COMPILE, *arguments], input=source, capture_output=True, text=True, check=False)
    return (done.stderr or "the compiler failed") if done.returncode else ""


def precompiled(base, folder):
    copy = pathlib.Path(folder, base.replace("/", "_"))
    copy.write_text(f'#include "{base}"\n', encoding="utf-8")
    # A base that does not compile is named by the check of the base itself.
    return None if compiled(["c++-header", str(copy), "-o", f"{copy}.gch"], "") else copy


def check(header, ready):
    base = next((base for base in ready if base in included(header)), None)
    first = ["-include", str(ready[base])] if base else []
    return compiled(["c++", *first, "-fsyntax-only", "-"], f'#include "{header}"\n')


def main():
    os.chdir(sys.argv[1])
    headers = sorted(str(path) for folder in FOLDERS for path in pathlib.Path(folder).rglob("*.hpp"))
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        ready = {base: copy for base, copy in zip(BASES, pool.map(lambda base: precompiled(base, folder), BASES)) if copy}
        complaints = {h: text for h, text in zip(headers, pool.map(lambda header: check(header, ready), headers)) if text}
    for header, text in complaints.items():
        print(f"FAIL {header} does not stand alone\n{text}")
    print(f"{len(headers) - len(complaints)} passed, {len(complaints)} failed")
    return 1 if complaints or not headers else 0


if __name__ == "__main__":
    sys.exit(main())
