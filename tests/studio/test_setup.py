import playground as pg
from playground.library import Library
from playground.sources import find
from playground.studio.setup import read_setup


def test_a_setup_is_read_from_words():
    setup, again = (
        read_setup(find("ideal: digits", Library()), "one of each", 2, 3, 2) for _ in range(2)
    )
    assert (setup.seeds, setup.cond, setup.calls_each) == ((3, 4), (3, 4), 2)
    assert again.key == setup.key
    *_, frame = setup.frames(pg.samplers.get("ddim"), pg.schedules.get("edm"), 2)
    assert frame.nfe == 4
