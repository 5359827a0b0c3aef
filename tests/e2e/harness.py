"""The real server in a folder of its own, a CRM that listens, and a client, all on loopback with ports the system gives."""
import base64
import hashlib
import hmac
import http.client
import http.server
import json
import os
import pathlib
import resource
import shutil
import signal
import subprocess
import tempfile
import threading
import time

BINARY = os.environ["ANSWERBACK"]
ROOT = pathlib.Path(__file__).resolve().parents[2]
ROOF = (ROOT / "examples/flows/roof-estimate.json").read_text()
ADMIN = "an-admin-key-for-tests-only"


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return json.loads(self.body)


class Server:
    """`answerback serve` on a folder that outlives restarts."""

    def __init__(self, config=None, folder=None, file_limit=None, environment=None):
        self.folder = pathlib.Path(folder or tempfile.mkdtemp(prefix="answerback-e2e-"))
        self.config = {"webhooks": {"allow_private_cidrs": ["127.0.0.0/8"]}, **(config or {})}
        self.file_limit = file_limit
        self.environment = environment or {}
        self.process = None
        self.port = 0

    def start(self):
        path = self.folder / "answerback.json"
        path.write_text(json.dumps(self.config))
        self.log = open(self.folder / "server.log", "ab+")
        self.log.seek(0, os.SEEK_END)
        begin = self.log.tell()
        self.process = subprocess.Popen(
            [BINARY, "serve", "--config", str(path), "--listen", "127.0.0.1:0", "--data", str(self.folder / "data")],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=self.log, preexec_fn=self._limit,
            env=self._environment())
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            for line in self.log_text(begin).splitlines():
                if '"event":"listening"' in line:
                    self.port = int(json.loads(line)["address"].rsplit(":", 1)[1])
                    return self
            if self.process.poll() is not None:
                break
            time.sleep(0.005)
        raise RuntimeError("the server did not start: " + self.log_text(begin)[-2000:])

    def _environment(self):
        """A value of None takes a variable away."""
        full = {**os.environ, "ANSWERBACK_ADMIN_KEY": ADMIN, "TWILIO_TOKEN": "12345", "CRM_TOKEN": "Bearer s3cret", **self.environment}
        return {name: value for name, value in full.items() if value is not None}

    def _limit(self):
        if self.file_limit:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (self.file_limit, resource.RLIM_INFINITY))

    def log_text(self, begin=0):
        with open(self.folder / "server.log", "rb") as log:
            log.seek(begin)
            return log.read().decode(errors="replace")

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                return self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill()
                raise
        return self.process.returncode if self.process else None

    def close(self):
        try:
            self.stop()
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def call(self, method, path, body=None, key=ADMIN, headers=None, raw=None, timeout=20):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            payload = raw if raw is not None else (json.dumps(body) if body is not None else None)
            sent = {"Authorization": f"Bearer {key}"} if key else {}
            if payload is not None:
                sent["Content-Type"] = "application/json"
            sent.update(headers or {})
            connection.request(method, path, payload.encode() if isinstance(payload, str) else payload, sent)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read().decode(errors="replace"))
        finally:
            connection.close()

    def text(self, phone, text, **more):
        answer = self.call("POST", "/v1/inbound", {"from": phone, "text": text, **more})
        assert answer.status == 200, answer.body
        return answer.json

    def publish(self, source=ROOF):
        answer = self.call("PUT", "/v1/flows/" + json.loads(source)["flow"], raw=source)
        assert answer.status == 200, answer.body
        return answer.json

    def subscribe(self, url, events=("*",), **more):
        answer = self.call("POST", "/v1/endpoints", {"url": url, "events": list(events), **more})
        assert answer.status == 201, answer.body
        return answer.json


class Crm:
    """A webhook receiver that keeps what came; `behave` may answer another status."""

    def __init__(self, behave=None):
        crm = self
        self.got = []
        self.arrived = threading.Condition()

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                with crm.arrived:
                    crm.got.append((dict((k.lower(), v) for k, v in self.headers.items()), body))
                    crm.arrived.notify_all()
                status, headers = (behave or (lambda n: (200, {})))(len(crm.got))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/hook"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def events(self):
        with self.arrived:
            return [json.loads(body) for _, body in self.got]

    def wait_for(self, wanted, seconds=10):
        """The events once `wanted(events)` holds; fails when it never does."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            events = self.events()
            if wanted(events):
                return events
            with self.arrived:
                self.arrived.wait(0.2)
        raise AssertionError(f"not in {seconds} s; got {[e['type'] for e in self.events()]}")

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def signature_fits(secret, headers, body):
    """Standard Webhooks v1, written here a second time on purpose."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f'{headers["webhook-id"]}.{headers["webhook-timestamp"]}.'.encode() + body
    expected = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return expected in headers["webhook-signature"].split(" ")


def types(events):
    return [event["type"] for event in events]


def phone(number):
    return f"+1512555{number:04d}"
