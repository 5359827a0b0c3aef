"""What many idle conversations cost: memory, and time until the server is ready."""
import os

from figures import figure
from processes import Server, must_be_clean, wrk

# Small, so that the touched conversations fill it for certain and taking it off takes off no more than it holds.
CACHE_MB = 16


def drop_from_page_cache(folder):
    for file in folder.iterdir():
        descriptor = os.open(file, os.O_RDONLY)
        try:
            os.fsync(descriptor)
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(descriptor)


def measure_memory(bench):
    conversations = bench.size(1_000_000, 50_000)
    folder = bench.seed("idle", "idle", conversations)
    ready, cold, started, touched = [], [], [], []
    for number in range(bench.runs):
        with Server(bench.binary, folder, {"limits": {"cache_mb": CACHE_MB}}) as server:
            ready.append(server.ready_seconds)
            started.append(server.resident_mb())
            answered = wrk(server.port, 16, bench.size(5, 2), conversations, f"m{number}", 1)
            must_be_clean(answered, "the server with idle conversations")
            touched.append(server.resident_mb())
        drop_from_page_cache(folder / "data")
        with Server(bench.binary, folder, {"limits": {"cache_mb": CACHE_MB}}) as server:
            cold.append(server.ready_seconds)
        bench.say(f"{conversations} idle conversations: ready in {ready[-1]:.2f} s, {cold[-1]:.2f} s with a cold page cache, "
                  f"{touched[-1]:.0f} MB resident")
    size = sum(file.stat().st_size for file in (folder / "data").iterdir())
    beyond = [each - CACHE_MB for each in touched]
    return {"memory": {"conversations": conversations, "store_mb": round(size / 2**20), "sqlite_cache_mb": CACHE_MB,
                       "ready_seconds": figure(ready), "ready_cold_seconds": figure(cold),
                       "resident_at_start_mb": figure(started, 1), "resident_mb": figure(touched, 1),
                       "beyond_cache_mb": figure(beyond, 1)}}
