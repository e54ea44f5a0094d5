"""How processes that torchrun started find each other, also after it restarted them."""

import time
from datetime import timedelta
from secrets import token_hex

from torch.distributed import PrefixStore, Store
from torch.distributed.rendezvous import rendezvous

RETRY = 0.02  # seconds between two looks


def meet(timeout: timedelta) -> tuple[Store, int, int]:
    """Return a store for this round of processes alone, and (rank, size) as torchrun says.

    torchrun restarts processes with the store of those before them, where gloo and NCCL would find
    the addresses of the dead, and nothing in the environment tells the rounds apart when machines
    come and go. So the first process names each round, and the others ask for the name, each under
    a word of its own. RuntimeError where some process does not come in time.
    """
    store, rank, size = next(iter(rendezvous("env://", timeout=timeout)))
    name = _name(store, size, timeout) if rank == 0 else _ask(store, rank)
    return PrefixStore(name, store), rank, size


def _name(store: Store, size: int, timeout: timedelta) -> str:
    name, missing = token_hex(8), set(range(1, size))
    end = time.monotonic() + timeout.total_seconds()
    while missing:
        for rank in tuple(missing):
            if store.check([f"ask/{rank}"]):  # it may be one of an earlier round that asked
                store.set(f"answer/{store.get(f'ask/{rank}').decode()}", name)
            if store.check([f"here/{name}/{rank}"]):
                missing.discard(rank)
        if time.monotonic() > end:
            raise RuntimeError("timed out")
        time.sleep(RETRY)
    return name


def _ask(store: Store, rank: int) -> str:
    word = token_hex(8)
    store.set(f"ask/{rank}", word)
    name = store.get(f"answer/{word}").decode()  # waits
    store.set(f"here/{name}/{rank}", "yes")
    return name
