"""The greetings over HTTP."""

import json
import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from greeter.greetings import UnknownLanguage, greet


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Without it, a client that keeps its connection waits 40 ms for every body.
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        status, body = answer(self.path)
        payload = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: one line a request is too much."""


def answer(target: str) -> tuple[int, dict[str, str]]:
    url = urlsplit(target)
    query = {name: values[-1] for name, values in parse_qs(url.query).items()}
    if url.path == "/health":
        return 200, {"status": "up"}
    if url.path == "/greet":
        try:
            return 200, {"greeting": greet(query.get("name", ""), query.get("language", "en"))}
        except UnknownLanguage as unknown:
            return 404, {"error": f"no greeting in {unknown}"}
    return 404, {"error": "nothing here"}


def serve(port: int) -> ThreadingHTTPServer:
    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


def main() -> None:  # pragma: no cover
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    serve(int(os.environ.get("PORT", "8080"))).serve_forever()
