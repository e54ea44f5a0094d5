"""Films, pictures and files that go to the page and come from it."""
