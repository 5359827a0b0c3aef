"""Runs the test_*.py beside this, or those named, and closes with the line that tests/run.sh adds up."""
import sys
import unittest

names = sys.argv[1:] or ["test_*.py"]
suite = unittest.TestSuite(unittest.defaultTestLoader.discover(".", pattern=name) for name in names)
result = unittest.TextTestRunner(verbosity=2, stream=sys.stdout).run(suite)
failed = len(result.failures) + len(result.errors)
print(f"{result.testsRun - failed - len(result.skipped)} passed, {failed} failed")
sys.exit(1 if failed else 0)
