"""Parts of the page that run in the browser, each with its script beside it."""
