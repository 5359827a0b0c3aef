"""What the documentation shows is what the program does: its flows are checked, its conversations are played."""
import json
import pathlib
import re
import subprocess
import tempfile
import unittest

from harness import BINARY, ROOT

FENCED = re.compile(r"^```json\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def examples(document):
    """Every whole JSON example of a document with the line that it begins in; fragments are fenced as jsonc."""
    text = (ROOT / document).read_text()
    return [(text[: found.start(1)].count("\n") + 1, json.loads(found.group(1))) for found in FENCED.finditer(text)]


class Docs(unittest.TestCase):
    def setUp(self):
        made = tempfile.TemporaryDirectory(prefix="answerback-docs-")
        self.addCleanup(made.cleanup)
        self.folder = pathlib.Path(made.name)

    def write(self, document):
        """Its flows as NAME.json, its conversations as LINE.test.json beside them."""
        flows, tests = 0, 0
        for line, example in examples(document):
            if "steps" in example:
                flows += 1
                name = f"{example['flow']}.json"
            elif "turns" in example:
                tests += 1
                name = f"line-{line}.test.json"
            else:
                continue
            self.assertFalse((self.folder / name).exists(), f"{document}:{line}: {name} is there already")
            (self.folder / name).write_text(json.dumps(example))
        return flows, tests

    def run_it(self, *arguments):
        return subprocess.run([BINARY, *arguments], capture_output=True, text=True, timeout=60, cwd=self.folder)

    def test_the_flows_of_the_tutorial_are_clean_and_its_conversations_go_as_written(self):
        flows, tests = self.write("docs/flows.md")
        self.assertGreaterEqual(flows, 9)
        self.assertGreaterEqual(tests, 3)
        checked = self.run_it("check", str(self.folder))
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)
        self.assertNotIn("warning", checked.stdout + checked.stderr)
        played = self.run_it("test", str(self.folder))
        self.assertEqual(played.returncode, 0, played.stdout + played.stderr)
        self.assertIn(f"{tests} passed", played.stdout + played.stderr)

    def test_the_readmes_flow_is_clean(self):
        flows, _ = self.write("README.md")
        self.assertEqual(flows, 1)
        checked = self.run_it("check", str(self.folder))
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)
        self.assertNotIn("warning", checked.stdout + checked.stderr)

    def test_the_examples_are_clean(self):
        checked = self.run_it("check", str(ROOT / "examples"))
        self.assertEqual((checked.returncode, checked.stdout.count(": ok\n")), (0, 6), checked.stdout + checked.stderr)
        self.assertNotIn("warning", checked.stdout + checked.stderr)


if __name__ == "__main__":
    unittest.main()
