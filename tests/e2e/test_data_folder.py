"""What lies in the data folder: store and key that must fit, one process at a time, files that move while they are used, copies."""
import json
import os
import pathlib
import shutil
import stat
import subprocess
import tempfile
import time
import unittest

from harness import BINARY, Server, phone


def run(*arguments):
    return subprocess.run([BINARY, *arguments], capture_output=True, text=True, timeout=60)


class Folder(unittest.TestCase):
    """A server that knows somebody who opted out and was erased."""

    def setUp(self):
        self.server = Server().start()
        self.addCleanup(self.server.close)
        self.data = self.server.folder / "data"
        self.store, self.key = self.data / "answerback.db", self.data / "suppression.key"

    def opt_out_and_erase(self, number=1):
        self.server.text(phone(number), "STOP")
        self.assertEqual(self.server.call("DELETE", "/v1/contacts/" + phone(number)).status, 204)

    def is_suppressed(self, number=1):
        self.server.publish()
        answer = self.server.call("POST", "/v1/conversations", {"flow": "roof-estimate", "to": phone(number)})
        return answer.status == 409 and answer.json["code"] == "opted_out"

    def serve(self):
        return run("serve", "--data", str(self.data), "--listen", "127.0.0.1:0")

    def refused(self, *words):
        """Refused with what is wrong and the way out, by `serve` and `db check`; what is there stays, what is not is not made."""
        before = self.contents()
        done = self.serve()
        self.assertEqual(done.returncode, 3, done.stderr)
        for word in words:
            self.assertIn(word, done.stderr)
        self.assertEqual(self.contents(), before)
        checked = run("db", "check", "--data", str(self.data))
        self.assertNotEqual(checked.returncode, 0)
        self.assertIn(words[0], checked.stdout + checked.stderr)
        return done.stderr

    def contents(self):
        key = self.key.read_bytes() if self.key.is_file() else None
        return key, self.store.exists() and self.store.stat().st_size > 0


class KeyAndStore(Folder):
    def test_a_first_start_makes_a_key_of_its_own_and_the_next_ones_keep_it(self):
        key = self.key.read_bytes()
        self.assertEqual((len(key), stat.S_IMODE(self.key.stat().st_mode)), (32, 0o600))
        self.opt_out_and_erase()
        self.server.stop()
        self.server.start()
        self.assertEqual(self.key.read_bytes(), key)
        self.assertTrue(self.is_suppressed())
        self.server.stop()
        self.assertEqual(run("db", "check", "--data", str(self.data)).stdout, "sound\n")

    def test_damaged_keys_are_refused(self):
        self.opt_out_and_erase()
        self.server.stop()
        key = self.key.read_bytes()
        flipped = bytes([key[0] ^ 1]) + key[1:]
        for bad in (b"", key[:31], key + b"\n", b"\0" * 32, flipped, os.urandom(32), key * 200):
            with self.subTest(bad[:40]):
                self.key.write_bytes(bad)
                self.refused("suppression.key", "who opted out (1 in this store)", "db new-key --forget-suppressions")
        self.key.write_bytes(key)
        self.server.start()
        self.assertTrue(self.is_suppressed())

    def test_a_missing_key_is_refused_also_before_anybody_was_erased(self):
        key = self.key.read_bytes()
        self.server.stop()
        self.key.unlink()
        self.refused("suppression.key is missing")
        self.key.mkdir()
        self.refused("suppression.key is no file")
        self.key.rmdir()
        self.key.symlink_to(self.data / "nowhere")
        self.refused("suppression.key is no file")
        self.key.unlink()
        self.key.write_bytes(key)
        self.server.start()

    def test_another_stores_key_is_refused(self):
        other = Server().start()
        self.addCleanup(other.close)
        other.stop()
        self.server.stop()
        shutil.copy(other.folder / "data" / "suppression.key", self.key)
        self.refused("suppression.key is not the key of this store")

    def test_a_store_that_was_removed_or_emptied_beside_its_key_is_refused(self):
        self.opt_out_and_erase()
        self.server.stop()
        kept = self.store.read_bytes()
        self.store.unlink()
        self.refused("answerback.db is missing", "move the key away")
        self.assertFalse(self.store.exists())
        self.store.write_bytes(b"")
        self.refused("answerback.db is empty", "move the key away")
        self.store.write_bytes(kept)
        self.server.start()
        self.assertTrue(self.is_suppressed())

    def test_a_fresh_store_beside_a_key_of_another_one_is_refused(self):
        self.server.stop()
        self.store.unlink()
        with tempfile.TemporaryDirectory() as fresh:
            run("keys", "create", "--label", "x", "--scopes", "read", "--data", fresh)
            shutil.copy(fresh + "/answerback.db", self.store)
        self.refused("suppression.key belongs to another store", "db adopt-key")
        made = run("keys", "create", "--label", "x", "--scopes", "read", "--data", str(self.data))
        self.assertEqual(made.returncode, 0, made.stderr)

    def test_no_verb_makes_a_store_beside_a_key_that_is_left(self):
        self.server.stop()
        self.store.unlink()
        for verb in (["keys", "list"], ["keys", "create", "--label", "x", "--scopes", "read"], ["db", "backup", str(self.data / "copy")], ["db", "check"]):
            done = run(*verb, "--data", str(self.data))
            self.assertEqual(done.returncode, 3, done.stderr)
            self.assertFalse(self.store.exists())

    def test_where_there_is_no_store_none_is_made_to_be_checked_or_copied(self):
        with tempfile.TemporaryDirectory() as parent:
            for folder in (parent, parent + "/none"):
                for verb in (["db", "check"], ["db", "backup", parent + "/copy"], ["db", "adopt-key"], ["db", "new-key", "--forget-suppressions"]):
                    done = run(*verb, "--data", folder)
                    self.assertEqual(done.returncode, 6, done.stderr)
            self.assertEqual([path for path in os.listdir(parent) if path != "answerback.lock"], [])

    def test_a_key_that_is_lost_for_good_is_replaced_by_a_word_that_says_what_it_costs(self):
        self.opt_out_and_erase()
        self.server.stop()
        self.key.write_bytes(b"x")
        self.assertEqual(run("db", "new-key", "--data", str(self.data)).returncode, 2)
        done = run("db", "new-key", "--forget-suppressions", "--data", str(self.data))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("opted out: 1", done.stderr)
        self.assertEqual((self.data / "suppression.key.old-1").read_bytes(), b"x")
        self.server.start()
        self.assertFalse(self.is_suppressed())

    def test_a_key_that_is_found_again_is_adopted_and_knows_them_again(self):
        self.opt_out_and_erase()
        self.server.stop()
        key = self.key.read_bytes()
        run("db", "new-key", "--forget-suppressions", "--data", str(self.data))
        self.key.write_bytes(key)
        self.refused("suppression.key is not the key of this store")
        self.assertEqual(run("db", "adopt-key", "--data", str(self.data)).returncode, 0)
        self.server.start()
        self.assertTrue(self.is_suppressed())

    def test_a_backup_with_its_key_is_restored_and_without_it_refused(self):
        self.opt_out_and_erase()
        copy = self.server.folder / "copy.db"
        backup = self.server.call("POST", "/v1/backups", {})
        self.assertLess(backup.status, 300, backup.body)
        shutil.move(backup.json["file"], copy)
        self.server.stop()
        key = self.key.read_bytes()
        shutil.rmtree(self.data)
        self.data.mkdir()
        shutil.copy(copy, self.store)
        self.refused("suppression.key is missing")
        self.key.write_bytes(key)
        self.server.start()
        self.assertTrue(self.is_suppressed())


class OneProcess(Folder):
    def refused_as_second(self):
        done = self.serve()
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("another process uses the data folder", done.stderr)

    def test_a_second_server_is_kept_out_when_the_lock_file_was_deleted(self):
        self.refused_as_second()
        (self.data / "answerback.lock").unlink()
        self.refused_as_second()
        self.refused_as_second()
        self.server.text(phone(1), "hi")

    def test_a_second_server_is_kept_out_of_the_same_file_under_another_name(self):
        with tempfile.TemporaryDirectory() as other:
            os.symlink(self.store, other + "/answerback.db")
            done = run("serve", "--data", other, "--listen", "127.0.0.1:0")
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertIn("another process uses the data folder", done.stderr)
        self.server.text(phone(1), "hi")

    def wait_for(self, wanted, what):
        deadline = time.monotonic() + 10
        while not wanted():
            self.assertLess(time.monotonic(), deadline, what)
            time.sleep(0.02)

    def log_lines(self, event):
        return [line for line in self.server.log_text().splitlines() if f'"event":"{event}"' in line]

    def lost(self):
        """Noticed by itself: not ready, said once, nothing taken that would be lost."""
        self.wait_for(lambda: self.log_lines("store_misplaced"), "nobody said so")
        ready = self.server.call("GET", "/readyz", key=None)
        self.assertEqual((ready.status, ready.json["code"]), (503, "store_misplaced"))
        self.assertEqual(self.server.call("POST", "/v1/inbound", {"from": phone(2), "text": "hi"}).status, 503)
        self.assertIn("answerback_store_misplaced 1", self.server.call("GET", "/metrics").body)
        self.assertEqual(len(self.log_lines("store_misplaced")), 1)
        return ready.json["detail"]

    def test_a_store_that_is_renamed_while_it_is_used_is_noticed_and_goes_on_when_it_is_back(self):
        self.server.text(phone(1), "hi")
        away = self.data / "away.db"
        self.store.rename(away)
        self.assertIn("was removed or renamed", self.lost())
        away.rename(self.store)
        self.wait_for(lambda: self.log_lines("store_found_again"), "not found again")
        self.assertEqual(self.server.call("GET", "/readyz", key=None).status, 200)
        self.server.text(phone(2), "hi")
        self.assertIn("answerback_store_misplaced 0", self.server.call("GET", "/metrics").body)
        self.assertEqual(self.server.stop(), 0)
        self.server.start()
        self.assertEqual(self.server.call("GET", "/v1/contacts/" + phone(2)).status, 200)

    def test_a_store_that_is_removed_while_it_is_used_is_noticed(self):
        self.store.unlink()
        self.assertIn("was removed or renamed", self.lost())
        self.assertEqual(self.server.stop(), 0)

    def test_a_store_that_is_replaced_while_it_is_used_is_noticed(self):
        copy = self.data / "copy.db"
        shutil.copy(self.store, copy)
        copy.rename(self.store)
        self.assertIn("was replaced", self.lost())

    def test_a_folder_that_is_renamed_while_it_is_used_is_noticed(self):
        away = self.server.folder / "away"
        self.data.rename(away)
        self.assertIn("was removed or renamed", self.lost())
        away.rename(self.data)

    def test_a_wal_that_is_removed_while_it_is_used_is_noticed(self):
        (self.data / "answerback.db-wal").unlink()
        self.assertIn("has lost its -wal file", self.lost())

    def test_an_index_of_the_wal_that_is_replaced_while_it_is_used_is_noticed(self):
        copy = self.data / "copy"
        shutil.copy(self.data / "answerback.db-shm", copy)
        copy.rename(self.data / "answerback.db-shm")
        self.assertIn("has lost its -shm file", self.lost())

    def test_a_busy_server_never_takes_its_own_files_for_lost(self):
        for number in range(300):
            self.server.text(phone(number), "hi")
            if number % 50 == 0:
                self.assertEqual(self.server.call("GET", "/readyz", key=None).status, 200)
        self.server.call("POST", "/v1/backups", {})
        self.assertEqual(self.server.call("DELETE", "/v1/contacts/" + phone(1)).status, 204)
        self.wait_for(lambda: self.server.call("GET", "/readyz", key=None).status == 200, "not ready")
        self.assertFalse(self.log_lines("store_misplaced"))


if __name__ == "__main__":
    unittest.main()
