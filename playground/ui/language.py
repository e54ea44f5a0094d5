"""The page in another language: a table of words, and the script that puts them into the page.

The words are translated in the page, so that nothing in Python knows of languages: what a new
schedule or sampler says of itself is shown in English until somebody adds its words to the table.
"""

import json
from pathlib import Path

import gradio as gr

HERE = Path(__file__).parent
WORDS = HERE / "words" / "zh-Hans.json"
NAMES = ("English", "简体中文")


def script() -> str:
    """What the page runs when it is loaded. Call it while the page is built."""
    gr.set_static_paths([str(WORDS)])  # read by the page when somebody asks for this language
    source = (HERE / "components" / "language.js").read_text(encoding="utf-8")
    given = f"/gradio_api/file={WORDS.as_posix()}", NAMES
    return f"() => ({source})({', '.join(json.dumps(one, ensure_ascii=False) for one in given)})"
