"""Webhook deliveries per second, marked on disk, and what endpoints that hang take away from the healthy ones."""
import shutil
import time

from figures import figure
from processes import Server, hanging_sink, nginx

DELIVERED = 'answerback_webhook_attempts_total{result="delivered"}'
UNFINISHED = 'answerback_queue_length{queue="webhooks"}'
ENDPOINTS = 100
HANGING = 10
LIMIT_SECONDS = 300


class Deliveries:
    def __init__(self, bench, sink_port, hanging_port):
        self.bench = bench
        self.events = bench.size(1_000, 50)
        healthy, hung = (f"http://127.0.0.1:{port}" for port in (sink_port, hanging_port))
        self.seeded = {hanging: bench.seed(f"deliveries-{hanging}", "deliveries", self.events, healthy, ENDPOINTS, hung, hanging)
                       for hanging in (0, HANGING)}
        self.rates = {0: [], HANGING: []}
        self.cpu_us = []

    def _measure(self, hanging):
        folder = self.bench.fresh("deliveries-run")
        shutil.copytree(self.seeded[hanging] / "data", folder / "data")
        wanted = self.events * (ENDPOINTS - hanging)
        with Server(self.bench.binary, folder) as server:
            deadline = server.started_at + LIMIT_SECONDS
            delivered = 0
            while delivered < wanted:
                if time.monotonic() > deadline:
                    raise RuntimeError(f"only {delivered:.0f} of {wanted} deliveries after {LIMIT_SECONDS} s")
                time.sleep(0.05)
                delivered = server.metrics().get(DELIVERED, 0)
            # From the start of the process: what it takes to come up is not taken off.
            took = time.monotonic() - server.started_at
            self._must_be_on_disk(server, self.events * hanging, deadline)
            return wanted / took, server.cpu_seconds() * 1e6 / wanted

    def _must_be_on_disk(self, server, left, deadline):
        while server.metrics()[UNFINISHED] > left:
            if time.monotonic() > deadline:
                raise RuntimeError("deliveries were counted that the store does not show as finished")
            time.sleep(0.05)

    def run(self):
        for hanging, rates in self.rates.items():
            rate, cpu_us = self._measure(hanging)
            rates.append(rate)
            if hanging == 0:
                self.cpu_us.append(cpu_us)
            self.bench.say(f"deliveries, {hanging} of {ENDPOINTS} endpoints hanging: {rate:.0f}/s to the others")

    def report(self):
        return {"endpoints": ENDPOINTS, "deliveries": self.events * ENDPOINTS, "per_second": figure(self.rates[0]),
                "cpu_us": figure(self.cpu_us)}

    def isolation(self):
        ratios = [hung / none for none, hung in zip(self.rates[0], self.rates[HANGING])]
        return {"hanging": HANGING, "healthy_per_second": figure(self.rates[HANGING]), "ratio": figure(ratios)}


def measure_deliveries(bench):
    with nginx(bench.fresh("nginx-sink")) as sink, hanging_sink() as hung:
        deliveries = Deliveries(bench, sink, hung)
        for _ in range(bench.runs):
            deliveries.run()
        return {"deliveries": deliveries.report(), "isolation": deliveries.isolation()}
