"""The programs that a benchmark runs: the real server, nginx beside it, load from wrk or on a schedule. Loopback only;
whatever was started is ended with its `with` block."""
import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
FLOW = HERE / "four_questions.json"
KEY = "a-key-for-benchmarks-only"
ENVIRONMENT = {**os.environ, "ANSWERBACK_ADMIN_KEY": KEY}
PAGE = os.sysconf("SC_PAGE_SIZE")
TICK = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def end(process):
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(condition, what, seconds, pause):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise RuntimeError(f"after {seconds} s still not: {what}")
        time.sleep(pause)


class Server:
    """`answerback serve` on a folder with a store in it."""

    def __init__(self, binary, folder, config=None):
        self.folder = folder
        self.port = free_port()
        settings = {"listen": f"127.0.0.1:{self.port}", "database": f"sqlite:{folder}/data", "log": {"level": "error"},
                    "webhooks": {"allow_private_cidrs": ["127.0.0.0/8"]}, **(config or {})}
        (folder / "answerback.json").write_text(json.dumps(settings))
        self.command = [str(binary), "serve", "--config", str(folder / "answerback.json")]

    def __enter__(self):
        self.log = open(self.folder / "server.log", "ab")
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=self.log,
                                        env=ENVIRONMENT)
        try:
            wait_for(self._ready, "the server is ready", 120, 0.002)
        except BaseException:
            self.__exit__()
            raise
        self.ready_seconds = time.monotonic() - self.started_at
        return self

    # Lets go of endpoints that hang at once; what a clean end does is no matter here.
    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.log.close()

    def _ready(self):
        if self.process.poll() is not None:
            raise RuntimeError("the server ended: " + (self.folder / "server.log").read_text()[-2000:])
        try:
            return self.get("/readyz") is not None
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def get(self, path):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers={"Authorization": f"Bearer {KEY}"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.read().decode()

    def metrics(self):
        """Samples by name with labels, as /metrics spells them."""
        samples = {}
        for line in self.get("/metrics").splitlines():
            match = re.fullmatch(r"([^#\s]\S*) (\S+)", line)
            if match:
                samples[match[1]] = float(match[2])
        return samples

    def cpu_seconds(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def resident_mb(self):
        return int(pathlib.Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]) * PAGE / 2**20


@contextlib.contextmanager
def nginx(folder):
    """One nginx worker that answers 200 to everything; yields its port."""
    folder.mkdir()
    port = free_port()
    temporary = "".join(f"{kind}_temp_path {folder}/{kind}; " for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (folder / "nginx.conf").write_text(
        f"daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log crit;\n"
        "events { worker_connections 8192; }\n"
        f"http {{ access_log off; {temporary} keepalive_requests 1000000000; keepalive_timeout 600s;\n"
        f"  server {{ listen 127.0.0.1:{port} backlog=4096; location / {{ return 200; }} }} }}\n")
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    process = subprocess.Popen([program, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")],
                               stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def answers():
        if process.poll() is not None:
            raise RuntimeError("nginx ended: " + (folder / "error.log").read_text()[-2000:])
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
        return False

    try:
        wait_for(answers, "nginx listens", 10, 0.01)
        yield port
    finally:
        end(process)


@contextlib.contextmanager
def hanging_sink():
    """Takes connections, reads nothing, answers nothing; yields its port."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
    taken = []

    def take():
        with contextlib.suppress(OSError):
            while True:
                taken.append(listener.accept()[0])

    thread = threading.Thread(target=take, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)
        for connection in taken:
            connection.close()


def last_json(command, seconds):
    done = subprocess.run([str(word) for word in command], env=ENVIRONMENT, capture_output=True, text=True, timeout=seconds + 60)
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]} failed: {done.stderr[-2000:]}{done.stdout[-2000:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def wrk(port, connections, seconds, contacts, prefix, *sent):
    return last_json(["wrk", "-t", 1, "-c", connections, "-d", f"{seconds}s", "--timeout", "20s", "-s", HERE / "inbound.lua",
                      f"http://127.0.0.1:{port}/v1/inbound", "--", prefix, contacts, *sent], seconds)


def must_be_clean(answered, what):
    """Every request was answered 2xx, or the figure is worth nothing."""
    for kind in ("refused", "broken", "timeouts"):
        if answered.get(kind):
            raise RuntimeError(f"{what}: {answered[kind]} requests {kind}")
