#!/usr/bin/env python3
"""A local name means one thing in its folder, since sources of a folder are compiled as one (CMAKE_UNITY_BUILD).

Which sources are compiled together changes with every new file; without this a name would collide later, elsewhere. Local names
are those that an unnamed namespace declares, and aliases at the top of a source. Functions may differ by their parameters.
"""
import collections
import os
import pathlib
import re
import sys

FOLDERS = ("flows", "engine", "webhooks", "storage", "server")
ALIAS = re.compile(r"using (\w+) = (.*);")
TYPE = re.compile(r"(?:struct|class|enum class|enum) (\w+)\b[^;]*(?:\{|$)")
FUNCTION = re.compile(r"[A-Za-z][\w:<>,&*\[\] ]*?[ &*>](\w+)\((.*)")
VALUE = re.compile(r"[A-Za-z][\w:<>,&*\[\] ]*?[ &*>](\w+)\s*(?:=|\{|\[|;|\()")
RAW_TEXT = re.compile(r'R"(\w*)\(.*?\)\1"', re.DOTALL)
NO_DECLARATION = re.compile(r"using namespace|using \w+::|using enum|namespace|template|return|TEST_CASE|#|//|}")


def meaning_of(line):
    """The name that the line declares, and what tells it from others of that name."""
    if alias := ALIAS.match(line):
        return alias[1], "= " + alias[2]
    if NO_DECLARATION.match(line):
        return None
    if kind := TYPE.match(line):
        return kind[1], None
    is_value = line.startswith(("const ", "constexpr ", "inline ")) and not re.search(r"\) (const )?\{|\);$", line.split("=")[0])
    if not is_value and (function := FUNCTION.match(line)):
        return function[1], re.sub(r" \w+(?=[,)])", "", function[2].split(" {")[0])
    value = VALUE.match(line)
    return (value[1], None) if value else None


def local_names(path):
    unnamed, outer = False, ""
    for line in RAW_TEXT.sub('""', path.read_text(encoding="utf-8")).splitlines():
        if named := re.match(r"namespace ([\w:]+) \{", line):
            outer = named[1]
        elif line == "namespace {":
            unnamed = True
        elif line == "}  // namespace":
            unnamed = False
        elif (unnamed or line.startswith("using ")) and (meaning := meaning_of(line)):
            yield outer, *meaning


def collisions(folder):
    found = collections.defaultdict(dict)
    for path in sorted(pathlib.Path(folder).rglob("*.cpp")):
        for outer, name, what in local_names(path):
            found[outer, name][path] = what
    for (_, name), places in sorted(found.items()):
        meanings = list(places.values())
        is_alias = [str(what).startswith("= ") for what in meanings]
        apart = len(set(meanings)) == len(meanings) and None not in meanings and not any(is_alias)
        same = all(is_alias) and len(set(meanings)) == 1
        if len(places) > 1 and not apart and not same:
            yield name, [str(path) for path in places]


def main():
    os.chdir(sys.argv[1])
    found = [each for side in ("", "tests/") for folder in FOLDERS for each in collisions(side + folder)]
    for name, places in found:
        print(f"{name} means different things in {', '.join(places)}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
