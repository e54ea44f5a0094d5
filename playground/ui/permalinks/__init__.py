"""Links: the state of the page in its address, and what such links hold."""
