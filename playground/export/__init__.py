"""What a sampling made as files that carry their settings, and those settings read back."""

from playground.export.files import FORMATS, save, written
from playground.export.pictures import enlargement
from playground.export.reading import read_settings
from playground.export.take import Take

__all__ = ["FORMATS", "Take", "enlargement", "read_settings", "save", "written"]
