"""Runs every benchmark once through and prints one JSON object, the last line of its output. See run.sh."""
import argparse
import contextlib
import json
import os
import pathlib
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from deliveries import measure_deliveries
from figures import figure, goals
from inbound import measure_inbound
from loop_tasks import measure_loop_tasks
from memory import measure_memory
from processes import FLOW

IN_MEMORY = {"tmpfs", "ramfs", "devtmpfs"}
MICROSECONDS = {"ns": 1e-3, "us": 1, "ms": 1e3, "s": 1e6}


def file_system(folder):
    done = subprocess.run(["df", "--output=fstype", str(folder)], capture_output=True, text=True, check=True, timeout=10)
    return done.stdout.split()[-1]


class Bench:
    """Where the programs are, where the stores lie, and how much of everything."""

    def __init__(self, options, folder):
        self.build, self.folder = options.build, folder
        self.binary = self.build / "answerback"
        self.quick = options.quick
        self.runs = options.runs or self.size(5, 1)
        self.began = time.monotonic()

    def size(self, full, quick):
        return quick if self.quick else full

    def program(self, name):
        return self.build / "tests/benchmarks" / name

    def say(self, line):
        print(f"{time.monotonic() - self.began:7.1f} s  {line}", file=sys.stderr, flush=True)

    def fresh(self, name):
        """A path under the benchmark's folder with nothing there."""
        path = self.folder / name
        shutil.rmtree(path, ignore_errors=True)
        if not name.startswith("nginx"):
            path.mkdir()
        return path

    def seed(self, name, *what):
        folder = self.fresh(name)
        began = time.monotonic()
        command = [str(word) for word in (self.program("bench_seed"), folder / "data", FLOW, *what)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=1200)
        if done.returncode != 0:
            raise RuntimeError(f"seeding {name} failed: {done.stderr[-2000:]}")
        self.say(f"seeded {' '.join(map(str, what))} in {time.monotonic() - began:.1f} s")
        return folder


def measure_pure(bench):
    """Microseconds of what needs no I/O, by benchmark."""
    command = [str(bench.program("bench_pure")), "--benchmark_format=json", f"--benchmark_repetitions={bench.runs}",
               f"--benchmark_min_time={bench.size(0.2, 0.02)}", "--benchmark_enable_random_interleaving=true"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600)
    times = {}
    for each in json.loads(done.stdout)["benchmarks"]:
        if each["run_type"] == "iteration":
            times.setdefault(each["run_name"], []).append(each["cpu_time"] * MICROSECONDS[each["time_unit"]])
    bench.say(f"decide: {figure(times['decide/turn'])['median']} us per turn")
    return {"decide_us": {name: figure(values) for name, values in times.items()}}


PARTS = {"inbound": measure_inbound, "pure": measure_pure, "deliveries": measure_deliveries, "memory": measure_memory,
         "loop_tasks": measure_loop_tasks}


def measure(bench, parts):
    fs = file_system(bench.folder)
    if fs in IN_MEMORY:
        raise RuntimeError(f"{bench.folder} is {fs}: a store there is not on disk; give another --dir")
    machine = {"cores": os.cpu_count(), "fs": fs, "kernel": platform.release(), "load_before": round(os.getloadavg()[0], 2)}
    report = {"machine": machine, "quick": bench.quick, "runs": bench.runs}
    for part in parts:
        report.update(PARTS[part](bench))
    report["machine"]["load_after"] = round(os.getloadavg()[0], 2)
    report["goals"] = goals(report)
    return report


def read_options():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=pathlib.Path, required=True, help="folder of the release build")
    parser.add_argument("--dir", type=pathlib.Path, help="where the stores lie; must be on a disk (default: the build folder)")
    parser.add_argument("--runs", type=int, help="of each measurement; the median counts (default 5, with --quick 1)")
    parser.add_argument("--quick", action="store_true", help="small and short: shows that everything works, not how fast it is")
    parser.add_argument("--only", nargs="+", choices=PARTS, help="only these parts")
    return parser.parse_args()


def main():
    options = read_options()
    options.build = options.build.resolve()
    # A terminated run cleans up as one that ends does.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    folder = pathlib.Path(tempfile.mkdtemp(prefix="benchmark-", dir=(options.dir or options.build).resolve()))
    with contextlib.ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        report = measure(Bench(options, folder), options.only or PARTS)
    print(json.dumps(report))


if __name__ == "__main__":
    main()
