"""A run as a folder and a process; nothing outside knows of either."""
