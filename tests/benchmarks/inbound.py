"""Durable inbound texts per second beside nginx's bare 200, and latency at half of that load."""
import os
import shutil

from figures import figure
from processes import Server, last_json, must_be_clean, nginx, wrk

CONNECTIONS = (64, 256)
BATCH = "answerback_commit_batch_size"
NEW = 'answerback_inbound_messages_total{result="new"}'
COMPLETED = 'answerback_conversation_outcomes_total{outcome="completed"}'


def figures_of(runs, keys):
    return {key: figure([run[key] for run in runs]) for key in keys}


class Inbound:
    def __init__(self, bench):
        self.bench = bench
        self.contacts = bench.size(100_000, 10_000)
        self.seeded = bench.seed("inbound", "underway", self.contacts)
        self.seconds, self.nginx_seconds = bench.size((10, 5), (2, 1))
        self.runs = {connections: [] for connections in CONNECTIONS}

    def _server(self):
        folder = self.bench.fresh("inbound-run")
        shutil.copytree(self.seeded / "data", folder / "data")
        os.sync()  # what a server finds at its start is on disk; the copy's own pages must not wait in its first syncs
        return Server(self.bench.binary, folder)

    def _durable(self, connections, prefix):
        with self._server() as server:
            answered = wrk(server.port, connections, self.seconds, self.contacts, prefix)
            must_be_clean(answered, "the server under wrk")
            metrics = server.metrics()
            if metrics[NEW] < answered["requests"] or metrics.get(COMPLETED, 0) == 0:
                raise RuntimeError("fewer texts were stored than answered, or no conversation came to its end")
            return {"per_second": answered["requests"] / answered["seconds"], "p99_ms": answered["p99_ms"],
                    "texts_per_commit": metrics[BATCH + "_sum"] / metrics[BATCH + "_count"],
                    "cpu_us": server.cpu_seconds() * 1e6 / metrics[NEW],
                    "completed": metrics[COMPLETED]}

    def run(self, number):
        with nginx(self.bench.fresh("nginx-beside")) as port:
            for connections in CONNECTIONS:
                made = self._durable(connections, f"r{number}-{connections}")
                beside = wrk(port, connections, self.nginx_seconds, self.contacts, "nginx")
                must_be_clean(beside, "nginx under wrk")
                made["nginx_per_second"] = beside["requests"] / beside["seconds"]
                made["ratio"] = made["per_second"] / made["nginx_per_second"]
                self.runs[connections].append(made)
                self.bench.say(f"inbound, {connections} connections: {made['per_second']:.0f}/s of nginx's "
                               f"{made['nginx_per_second']:.0f}/s, {made['texts_per_commit']:.1f} texts per commit")

    def report(self):
        return {str(connections): figures_of(runs, runs[0].keys()) for connections, runs in self.runs.items()}

    def half_load(self):
        """Half of the better of both loads: the stricter one."""
        return max(figure([run["per_second"] for run in runs])["median"] for runs in self.runs.values()) / 2

    def latency(self):
        rate = self.half_load()
        runs = []
        for number in range(self.bench.runs):
            with self._server() as server:
                program = self.bench.program("bench_paced_load")
                made = last_json([program, server.port, 64, rate, self.seconds, self.contacts, f"l{number}"], self.seconds)
            must_be_clean(made, "the server under paced load")
            if made["answered"] < made["scheduled"]:
                raise RuntimeError(f"{made['scheduled'] - made['answered']} paced texts were never answered")
            runs.append(made)
            self.bench.say(f"latency at {rate:.0f}/s: p50 {made['p50_ms']} ms, p99 {made['p99_ms']} ms")
        return {"per_second": round(rate), **figures_of(runs, ("p50_ms", "p90_ms", "p99_ms", "max_ms"))}


def measure_inbound(bench):
    inbound = Inbound(bench)
    for number in range(bench.runs):
        inbound.run(number)
    return {"inbound": inbound.report(), "latency": inbound.latency()}
