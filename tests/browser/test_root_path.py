"""The app under a path, behind a proxy that strips it, as a real Chromium has it."""

import re
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from socketserver import BaseRequestHandler, ThreadingTCPServer

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
PATH = "/play"


class Stripping(BaseRequestHandler):
    """Sends a request under PATH on to the app without it; all others are its own, 404."""

    def handle(self) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            part = self.request.recv(1 << 16)
            if not part:
                return
            head += part
        line, _, rest = head.partition(b"\r\n")
        method, target, version = line.split(b" ")
        if not target.startswith(PATH.encode() + b"/"):
            self.server.strays.append(target.decode())
            self.request.sendall(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n")
            return
        rest = re.sub(rb"(?i)\r\nconnection:[^\r]*", b"", b"\r\n" + rest)
        target = target[len(PATH) :]
        with socket.create_connection(("127.0.0.1", self.server.app_port)) as app:
            app.sendall(b" ".join((method, target, version)) + b"\r\nconnection: close" + rest)
            threading.Thread(target=_pass_on, args=(self.request, app), daemon=True).start()
            _pass_on(app, self.request)


def _pass_on(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):  # either side may leave
        while part := one.recv(1 << 16):
            other.sendall(part)


class Proxy(ThreadingTCPServer):
    """On a port of the system's choice; strays: what was asked outside of PATH."""

    daemon_threads = True

    def __init__(self, app_port: int) -> None:
        super().__init__(("127.0.0.1", 0), Stripping)
        self.app_port, self.strays = app_port, []


@pytest.fixture
def proxy(tmp_path, free_port):
    port = free_port()
    command = [sys.executable, "-m", "playground", "--no-browser", "--root-path", PATH]
    command += ["--port", str(port), "--runs", str(tmp_path)]
    app = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert "is at" in app.stdout.readline()
    with Proxy(port) as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield made
        made.shutdown()
    app.terminate()
    app.wait(20)


def test_modules_plots_words_lesson_and_the_queue_work_under_a_path(browser, proxy):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    refused, errors = [], []
    page.on("response", lambda answer: answer.status >= 400 and refused.append(answer.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"http://127.0.0.1:{proxy.server_address[1]}{PATH}/?lang=zh")
    drawn = "#noise_canvas [data-drawn], #noise_canvas[data-drawn]"
    page.wait_for_selector(drawn, timeout=60_000)
    page.wait_for_function("document.documentElement.lang === 'zh-Hans'")
    page.click("#lesson-button")
    page.wait_for_selector("#lesson .answers button")

    page.goto(f"http://127.0.0.1:{proxy.server_address[1]}{PATH}/?tab=denoise&lang=en")
    page.wait_for_selector(drawn, state="attached", timeout=60_000)
    field = page.get_by_label("number input for Steps")
    field.fill("3")
    field.blur()
    page.locator("#generate").click()
    page.wait_for_selector("#player [data-count='4'], #player[data-count='4']", timeout=60_000)

    page.get_by_role("tab", name="Reference").click()
    page.wait_for_selector(".js-plotly-plot .main-svg", timeout=60_000)
    page.close()
    assert set(proxy.strays) <= {"/favicon.ico"}  # a browser's own habit
    assert errors == []
    assert [url for url in refused if not url.endswith("/favicon.ico")] == []
