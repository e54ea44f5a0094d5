"""`--demo` as a lecturer starts it, and the addresses that others open."""

import re
import socket
import subprocess
import sys
import urllib.request
from types import SimpleNamespace

import pytest

from playground.cli import addresses
from playground.library import Library, load_file
from playground.ui import server
from playground.ui.context import Context

pytestmark = pytest.mark.timeout(180)
# the command without what tabs show first, which takes half a minute to make
COMMAND = """
from playground.ui import server
server._firsts = lambda context: []
from playground.cli import main
main()
"""


@pytest.fixture
def started(tmp_path):
    """The address that the command tells, once it tells one."""
    running = []

    def start(*options):
        command = [sys.executable, "-c", COMMAND, *options, "--no-browser", "--demo"]
        command += ["--runs", str(tmp_path / "runs")]
        running.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
        return re.search(r"is at (\S+)", running[-1].stdout.readline())[1]

    yield start
    for process in running:
        process.terminate()
        process.wait(20)


def test_demo_opens_on_the_stage_at_a_port_of_the_systems_choice_with_the_presenters_key(started):
    address = started("--host", "0.0.0.0")
    port, query = re.fullmatch(r"http://localhost:(\d+)/(.*)", address).groups()
    assert int(port) > 8000  # the usual ones are from 7860 on
    assert re.fullmatch(r"\?present=1&key=\S{32}", query)
    with urllib.request.urlopen(address) as answer:
        assert b"gradio_config" in answer.read()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")
def test_a_hall_may_connect_where_a_program_may_open_few_files():
    import resource

    told = "from playground.cli import server; server._allow_connections(); import resource; "
    told += "print(resource.getrlimit(resource.RLIMIT_NOFILE)[0])"
    few = ["sh", "-c", 'ulimit -Sn 256; exec "$@"', "sh", sys.executable, "-c", told]
    allowed = int(subprocess.run(few, capture_output=True, text=True, check=True).stdout)
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    assert allowed == (8192 if most == resource.RLIM_INFINITY else min(8192, most))


def test_what_a_talk_may_show_is_in_memory_afterwards(tmp_path, monkeypatch):
    monkeypatch.setattr(server, "_firsts", lambda context: [])
    library = Library(runs=tmp_path)
    server.warm_all(Context(library))
    before = load_file.cache_info().misses
    for name in library.newest():
        library.load(name)
    assert load_file.cache_info().misses == before


def test_others_open_an_address_that_leads_to_this_machine(monkeypatch):
    about = {
        "lo": ("127.0.0.1", True),
        "wlan0": ("192.168.4.1", True),
        "docker0": ("172.17.0.1", True),
        "eth0": ("10.0.0.3", False),  # no cable
        "usb0": ("169.254.3.3", True),
    }
    address = {
        n: [SimpleNamespace(family=socket.AF_INET, address=a)] for n, (a, _) in about.items()
    }
    stats = {name: SimpleNamespace(isup=up) for name, (_, up) in about.items()}
    monkeypatch.setattr(addresses.psutil, "net_if_addrs", lambda: address)
    monkeypatch.setattr(addresses.psutil, "net_if_stats", lambda: stats)
    assert addresses.others_reach("0.0.0.0", 81) == ["http://192.168.4.1:81"]
    assert addresses.others_reach("127.0.0.1", 81) == []
    assert addresses.others_reach("::", 81) == []
