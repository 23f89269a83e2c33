import threading
import urllib.error
import urllib.request

import pytest

from greeter.server import serve


@pytest.fixture
def get():
    """Asks a running service; gives status and body."""
    server = serve(0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()

    def ask(target: str) -> tuple[int, str]:
        url = f"http://127.0.0.1:{server.server_port}{target}"
        try:
            with urllib.request.urlopen(url, timeout=5) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    yield ask
    server.shutdown()
    server.server_close()
    thread.join()
