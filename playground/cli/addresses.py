"""By which addresses others reach what this machine serves."""

import ipaddress
import socket

import psutil

EVERY = {"0.0.0.0": socket.AF_INET, "::": socket.AF_INET6}  # hosts that are every address here
INWARD = ("docker", "br-", "veth", "virbr", "vmnet", "vboxnet")  # networks within this machine


def others_reach(host: str, port: int) -> list[str]:
    """Return the addresses of a server that listens on all of this machine's; none of another."""
    if host not in EVERY:
        return []
    running = {name for name, about in psutil.net_if_stats().items() if about.isup}
    found = [
        one.address
        for name, addresses in psutil.net_if_addrs().items()
        if name in running and not name.startswith(INWARD)
        for one in addresses
        if one.family == EVERY[host]
    ]
    known = [ipaddress.ip_address(address.partition("%")[0]) for address in found]
    outward = [one for one in known if not (one.is_loopback or one.is_link_local)]
    return [f"http://{bracketed(str(one))}:{port}" for one in outward]


def bracketed(host: str) -> str:
    """Return the host as it stands in an address: IPv6 in brackets."""
    return f"[{host}]" if ":" in host else host
