"""The plane over t, in three dimensions."""

import base64
import json

import numpy as np
import plotly.graph_objects as go
import pytest
import torch

from playground.diffusion import schedules
from playground.ui.tabs.plane import saving, spacetime
from playground.ui.tabs.plane.request import PlaneRequest
from playground.ui.tabs.plane.spacetime import values

ASK = {"cloud": "moons", "who": "exact", "count": 60, "steps": 6, "view": {"space": "spacetime"}}


@pytest.mark.parametrize("schedule", ["flow", "cosine", "edm"])
@pytest.mark.parametrize("sampler", ["ddim", "ddpm"])
def test_paths_run_through_the_density_from_noise_to_the_cloud(
    sampled, new_session, schedule, sampler
):
    figure = sampled({**ASK, "schedule": schedule, "sampler": sampler}, new_session()).space_time
    surfaces = [trace for trace in figure.traces if trace["type"] == "surface"]
    (paths,) = [trace for trace in figure.traces if trace["type"] == "scatter3d"]
    assert [surface["meta"]["t"] for surface in surfaces] == list(spacetime.TIMES)
    t, x, y = (values(paths[axis]).reshape(60, -1) for axis in "xyz")
    assert np.isnan(t[:, -1]).all()  # a gap, so that the next path is another line
    assert t[:, 0] == pytest.approx(1, abs=1e-3)
    assert t[:, -2] == pytest.approx(0, abs=1e-3)
    assert (np.diff(t[:, :-1]) < 0).all()
    # each path ends where the exact density is high, on the surface at t = 0
    shade = values(surfaces[0]["surfacecolor"])
    cells = ((np.stack([x[:, -2], y[:, -2]]) / spacetime.REACH + 1) * spacetime.CELLS / 2).astype(
        int
    )
    assert np.median(shade[cells[1], cells[0]]) > 3 * np.median(shade)
    go.Figure(figure.traces, figure.layout)  # Plotly knows every name in it


def test_a_bundle_has_a_colour_for_each_class_and_no_more_lines_than_one_can_see(
    sampled, new_session
):
    ask = {**ASK, "classes": True, "count": 400}
    figure = sampled(ask, new_session()).space_time
    paths = [trace for trace in figure.traces if trace["type"] == "scatter3d"]
    assert len({trace["line"]["color"] for trace in paths}) == len(paths) == 2
    ends = sum(int(np.isnan(values(trace["x"])).sum()) for trace in paths)
    assert ends == spacetime.MOST
    assert sampled({**ask, "view": {}}, new_session()).space_time is None  # nobody looks


def test_a_levels_t_is_looked_up_on_every_schedule():
    for name in schedules.names():
        schedule = schedules.get(name)
        for time in (0.0, 0.31, 1.0):
            level = schedule.level(time)
            again = schedule.level(spacetime.time_of(schedule, level))
            assert again.angle == pytest.approx(level.angle, abs=2e-3)


def test_arrays_are_packed_as_plotly_reads_them():
    x = torch.rand(3, 4)
    assert values(spacetime.array(x)) == pytest.approx(x.numpy())
    shown = json.loads(go.Figure([{"type": "surface", "z": spacetime.array(x)}]).to_json())
    assert shown["data"][0]["z"]["shape"] == "3, 4"


def test_it_is_taken_away_as_one_page_that_needs_nothing_else(last, new_session):
    message = last(saving.saved(PlaneRequest.read({**ASK, "as": "html"}), new_session()))
    page = base64.b64decode(message.data).decode()
    assert message.name == "moons.html"
    assert "scatter3d" in page
    assert "Plotly.newPlot" in page
    assert len(page) > 3_000_000  # plotly.js is in it
    assert "<script src=" not in page
