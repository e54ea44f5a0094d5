"""Uploads, or points, to a Dataset."""
