"""A short kill loop on every run; `python3 kill_loop.py 200` is the long one. And the same with the power going too."""
import pathlib
import subprocess
import sys
import unittest


def loop(*arguments):
    return subprocess.run([sys.executable, "-B", "kill_loop.py", *arguments], cwd=pathlib.Path(__file__).parent, capture_output=True, text=True, timeout=240)


class KillLoop(unittest.TestCase):
    def test_nothing_is_lost_or_doubled_when_the_process_is_killed_under_load(self):
        done = loop("25")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_nothing_is_lost_or_doubled_when_the_power_is_cut_under_load(self):
        done = loop("20", "5", "--power")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_a_disk_that_lies_about_its_syncs_is_found_out(self):
        done = loop("6", "5", "--lying-disk")
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        # Texts are gone, or the store is damaged: at its start or under way.
        self.assertRegex(done.stdout + done.stderr, "is lost|stands for two texts|malformed|store_unavailable|are not taken")


if __name__ == "__main__":
    unittest.main()
