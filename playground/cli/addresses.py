"""By which addresses others reach what this machine serves."""

import ipaddress
import socket

import psutil

EVERY = "0.0.0.0"  # the host that stands for every address of this machine
INWARD = ("docker", "br-", "veth", "virbr", "vmnet", "vboxnet")  # networks within this machine


def others_reach(host: str, port: int) -> list[str]:
    """Return the addresses of a server that listens on all of this machine's; none of another."""
    if host != EVERY:
        return []
    running = {name for name, about in psutil.net_if_stats().items() if about.isup}
    found = [
        one.address
        for name, addresses in psutil.net_if_addrs().items()
        if name in running and not name.startswith(INWARD)
        for one in addresses
        if one.family == socket.AF_INET
    ]
    known = [ipaddress.ip_address(address) for address in found]
    return [f"http://{one}:{port}" for one in known if not (one.is_loopback or one.is_link_local)]
