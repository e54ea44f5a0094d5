"""The page: the only place that imports gradio, which reads these settings as it is imported."""

import os

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
# requests of one kind at a time; `Blocks.queue`, which sets it too, builds the server a second time
os.environ.setdefault("GRADIO_DEFAULT_CONCURRENCY_LIMIT", "4")

# statistics of all requests so far, made anew after each of them
os.environ.setdefault("GRADIO_ANALYTICS_CACHE_FREQUENCY", "1000000000")
os.environ.setdefault("GRADIO_ANALYTICS_MAX_EVENTS", "1")
