"""Prints "N passed, N failed" for the last ctest run of a build folder, from the log that ctest leaves there."""
import pathlib
import re
import sys

log = (pathlib.Path(sys.argv[1]) / "Testing" / "Temporary" / "LastTest.log").read_text(errors="replace")
passed = len(re.findall(r"^Test Passed\.$", log, re.M))
failed = len(re.findall(r"^Test Failed\.$", log, re.M))
print(f"{passed} passed, {failed} failed")
