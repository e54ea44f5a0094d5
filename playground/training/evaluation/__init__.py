"""What is measured of a model, and what is expected of a run."""
