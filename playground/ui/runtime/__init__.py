"""What stands around every event: errors, turns, caching, rights, first calls."""
