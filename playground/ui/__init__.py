"""The page: the only place that imports gradio, which reads these settings as it is imported."""

import os

from playground.temporary import own_folder

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
# uploads and results; Gradio's own is one for all users of the machine, and the first one's
if not os.environ.get("GRADIO_TEMP_DIR"):
    os.environ["GRADIO_TEMP_DIR"] = str(own_folder("diffusion-playground"))
# requests of one kind at a time; `Blocks.queue`, which sets it too, builds the server a second time
os.environ.setdefault("GRADIO_DEFAULT_CONCURRENCY_LIMIT", "4")

# statistics of all requests so far, made anew after each of them
os.environ.setdefault("GRADIO_ANALYTICS_CACHE_FREQUENCY", "1000000000")
os.environ.setdefault("GRADIO_ANALYTICS_MAX_EVENTS", "1")
