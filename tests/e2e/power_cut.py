"""What a power cut leaves of the store's files, when the server ran on a volatile disk (volatile_disk.cpp): everything that was synced,
and of the rest any part, in any order, down to sectors."""
import os
import pathlib
import struct
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
WRITE, RESIZE, SYNC_BEGINS, SYNC_ENDS = 1, 2, 3, 4
NAMES = {1: "answerback.db", 2: "answerback.db-wal"}
HEAD = struct.Struct("<BBQQQQ")
SECTOR = 512


class VolatileDisk:
    """`environment` is for the server; after its SIGKILL, cut() leaves what a power cut at that moment might have left."""

    def __init__(self, data, rng, honest=True):
        self.data, self.rng, self.honest = pathlib.Path(data), rng, honest
        self.own = tempfile.TemporaryDirectory(prefix="answerback-disk-")
        library = pathlib.Path(self.own.name) / "volatile_disk.so"
        subprocess.run(["c++", "-std=c++20", "-O1", "-shared", "-fPIC", "-o", library, HERE / "volatile_disk.cpp", "-ldl"], check=True)
        self.log = pathlib.Path(self.own.name) / "log"
        self.failing = pathlib.Path(self.own.name) / "syncs fail"  # while this file is there
        self.environment = {"LD_PRELOAD": str(library), "VOLATILE_DISK_LOG": str(self.log), "VOLATILE_DISK_FAILS": str(self.failing)}
        self.forgotten = 0

    def _records(self):
        held = self.log.read_bytes() if self.log.exists() else b""
        records, at = [], 0
        while at + HEAD.size <= len(held):
            kind, file, place, size, size_before, old = HEAD.unpack_from(held, at)
            at += HEAD.size
            before, after = held[at:at + old], held[at + old:at + old + size]
            if len(before) < old or len(after) < size:
                break  # killed while it was noted: the change itself was not made yet
            at += old + size
            records.append((kind, file, place, size_before, before, after))
        return records

    def _volatile(self, records, file):
        """The changes to a file that no finished sync covers."""
        begins, safe = {}, -1
        for index, (kind, of, number, *_) in enumerate(records):
            if of == file and kind == SYNC_BEGINS:
                begins[number] = index
            if of == file and kind == SYNC_ENDS and self.honest:
                safe = max(safe, begins[number])
        return [r for i, r in enumerate(records) if i > safe and r[1] == file and r[0] in (WRITE, RESIZE)]

    def cut(self):
        records = self._records()
        for file, name in NAMES.items():
            changes = self._volatile(records, file)
            if changes:
                self._forget(self.data / name, changes)
        # The -shm file is memory: SQLite makes it anew.
        (self.data / "answerback.db-shm").unlink(missing_ok=True)
        self.log.unlink(missing_ok=True)

    def _forget(self, path, changes):
        kept = self.rng.choice([0.0, 0.5, 0.9])
        with open(path, "r+b") as disk:
            for kind, _, place, size_before, before, _ in reversed(changes):
                if kind == RESIZE:
                    os.ftruncate(disk.fileno(), size_before)
                os.pwrite(disk.fileno(), before, place)
                if os.fstat(disk.fileno()).st_size != size_before:
                    os.ftruncate(disk.fileno(), size_before)
            for kind, _, place, _, _, after in changes:
                if self.rng.random() >= kept:
                    self.forgotten += 1
                    continue
                if kind == RESIZE:
                    os.ftruncate(disk.fileno(), place)
                    continue
                torn = len(after) > SECTOR and self.rng.random() < 0.1
                os.pwrite(disk.fileno(), after[:self.rng.randrange(1, len(after) // SECTOR + 1) * SECTOR] if torn else after, place)
