"""Networks, and how they become denoisers."""
