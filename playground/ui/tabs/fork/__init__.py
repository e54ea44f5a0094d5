"""The parts of the Fork tab: films that branch, and what the page is told of them."""
