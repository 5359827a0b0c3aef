"""A short kill loop on every run; `python3 kill_loop.py 200` is the long one."""
import pathlib
import subprocess
import sys
import unittest


class KillLoop(unittest.TestCase):
    def test_nothing_is_lost_or_doubled_when_the_process_is_killed_under_load(self):
        done = subprocess.run([sys.executable, "-B", "kill_loop.py", "25"], cwd=pathlib.Path(__file__).parent, capture_output=True, text=True, timeout=240)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
