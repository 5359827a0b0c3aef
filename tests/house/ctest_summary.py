"""Prints "N passed, N failed" for the last ctest run of a build folder, from the log that ctest leaves there."""
import pathlib
import re
import sys

folder = pathlib.Path(sys.argv[1]) / "Testing" / "Temporary"
ran = (folder / "LastTest.log").read_text(errors="replace")
total = len(re.findall(r"^\d+/\d+ Test(?:ing)?: ", ran, re.M))
failures = folder / "LastTestsFailed.log"
failed = len(failures.read_text().splitlines()) if failures.exists() else 0
print(f"{total - failed} passed, {failed} failed")
