"""Uploads to a dataset, the training loop, and a run as a process and a folder."""
