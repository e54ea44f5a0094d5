"""The Live tab: pictures follow the slider of the seed."""
