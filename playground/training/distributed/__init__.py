"""Which device and which processes compute a run."""
