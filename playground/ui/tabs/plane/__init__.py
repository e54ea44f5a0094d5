"""What the Plane tab draws, trains and measures."""
