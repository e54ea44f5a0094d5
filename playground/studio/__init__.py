"""Several samplings side by side: races of samplers, and grids of settings."""
