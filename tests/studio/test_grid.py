import csv
import io
import json
from dataclasses import replace

import pytest
import torch

import playground as pg
from playground.errors import InputError
from playground.studio import reference, sheet
from playground.studio.axes import MOST
from playground.studio.grid import fill, plan


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(reference, "CALLS", 30)


@pytest.fixture
def setup_for(setup):
    def made(words):
        seed = int(words.get("seed", 3))
        return replace(setup, seeds=(seed,), cond=(1,), guidance=float(words.get("guidance", 1)))

    return made


def grid(rows, columns, **rest):
    return json.dumps({"rows": rows, "columns": columns} | rest)


def test_cells_are_what_sample_makes_of_the_same_settings(setup_for):
    what = plan(grid({"sampler": ["ddim", "ddpm"]}, {"guidance": [1, 2.5]}, steps=4), setup_for)
    *_, state = fill(what)
    assert [(m.cell.row, m.cell.column) for m in state.made] == [(0, 0), (0, 1), (1, 0), (1, 1)]
    for one in state.made:
        guidance = (1, 2.5)[one.cell.column]
        *_, alone = pg.sample(
            one.cell.setup.denoiser,
            "edm",
            ("ddim", "ddpm")[one.cell.row],
            steps=4,
            seeds=(3,),
            cond=1,
            guidance=guidance,
        )
        assert torch.equal(one.x, alone.x)
        assert one.nfe == alone.nfe == (4 if guidance == 1 else 8)
        assert one.distance is not None


@pytest.mark.parametrize(
    "rows, columns",
    [
        ({"sampler": pg.samplers.names()}, {"steps": [1, 3]}),
        ({"schedule": pg.schedules.names()}, {"calls": [2, 5]}),
        ({"seed": [1, "2"]}, {"class": ["a", "b"]}),
    ],
)
def test_every_kind_of_axis_can_be_filled(setup_for, rows, columns):
    what = plan(grid(rows, columns, measured=False), setup_for)
    states = list(fill(what))
    assert len(states[-1].made) == len(what.cells)
    assert all(m.distance is None for m in states[-1].made)


def test_references_come_last_and_are_reused(setup_for):
    what = plan(grid({"seed": [11, 12]}, {"steps": [1, 30]}), setup_for)
    states = list(fill(what))
    done = [s.progress.done for s in states if s.progress]
    assert done == sorted(done)
    assert done[-1] == states[-1].progress.total == 60
    assert [m.distance for m in states[-1].made if m.cell.steps == 30] == [0, 0]
    assert not any(s.progress for s in fill(what))


def test_closing_ends_it(setup_for):
    states = fill(plan(grid({"seed": [1]}, {"steps": [500]}), setup_for))
    next(states)
    state = next(states)
    states.close()
    assert (state.frame.index, state.made) == (1, [])


@pytest.mark.parametrize(
    "given, said",
    [
        ("nonsense", "JSON"),
        ("[1]", "by name"),
        ("{}", "rows"),
        (grid({"sampler": ["ddim"]}, {"colour": [1]}), "colour"),
        (grid({"sampler": ["eulr"]}, {"steps": [1]}), "eulr"),
        (grid({"schedule": [3]}, {"steps": [1]}), "schedule"),
        (grid({"sampler": []}, {"steps": [1]}), "one value"),
        (grid({"sampler": "ddim"}, {"steps": [1]}), "one value"),
        (grid({"sampler": [["ddim"]]}, {"steps": [1]}), "words or numbers"),
        (grid({"sampler": ["ddim"]}, {"steps": [0]}), "steps"),
        (grid({"sampler": ["ddim"]}, {"steps": ["many"]}), "steps"),
        (grid({"steps": [1]}, {"steps": [2]}), "both"),
        (grid({"steps": [1]}, {"calls": [2]}), "one of the two"),
        (grid({"seed": list(range(13))}, {"steps": [1, 2, 3, 4, 5]}), f"at most {MOST}"),
        (grid({"seed": [1]}, {"steps": [1]}, colour=3), "colour"),
    ],
)
def test_bad_grids_get_one_sentence(setup_for, given, said):
    with pytest.raises(InputError) as caught:
        plan(given, setup_for)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_sheet_and_its_tables_tell_every_cell(setup_for):
    what = plan(grid({"sampler": ["ddim", "heun"]}, {"steps": [1, 2, 3]}), setup_for)
    *_, state = fill(what)
    whole = sheet.picture(what, state.made)
    assert whole.width > 3 * sheet.SIDE
    assert whole.height > 2 * sheet.SIDE
    part = sheet.picture(what, state.made[:2])
    assert part.size == whole.size
    facts = json.loads(sheet.as_json(what, state.made))
    assert facts["columns"] == {"by": "steps", "values": [1, 2, 3]}
    lines = list(csv.DictReader(io.StringIO(sheet.as_csv(what, state.made))))
    assert len(lines) == len(facts["cells"]) == 6
    assert [int(line["nfe"]) for line in lines] == [1, 2, 3, 1, 3, 5]
    assert {"sampler", "seconds", "distance"} <= set(lines[0])
    assert sheet.as_csv(what, []) == "row,column\r\n"
