"""The tabs of the page, in their order; a new one is a folder here and a line below."""

from playground.ui.shell import Tab
from playground.ui.tabs.denoise.tab import TAB as DENOISE
from playground.ui.tabs.edit.tab import TAB as EDIT
from playground.ui.tabs.fork.tab import TAB as FORK
from playground.ui.tabs.live.tab import TAB as LIVE
from playground.ui.tabs.noise.tab import TAB as NOISE
from playground.ui.tabs.plane.tab import TAB as PLANE
from playground.ui.tabs.race.tab import TAB as RACE
from playground.ui.tabs.reference.tab import TAB as REFERENCE
from playground.ui.tabs.train.tab import TAB as TRAIN

TABS: tuple[Tab, ...] = (NOISE, DENOISE, LIVE, RACE, FORK, EDIT, TRAIN, PLANE, REFERENCE)
