"""The parts of the Edit tab: a picture, what is done with it, and how it is shown."""
