"""The look that all tabs share; system fonts only, so that nothing is fetched."""

import gradio as gr

_SANS = ["system-ui", "-apple-system", "Segoe UI", "Noto Sans", "Noto Sans CJK SC", "sans-serif"]
_MONO = ["ui-monospace", "SFMono-Regular", "DejaVu Sans Mono", "monospace"]

THEME = gr.themes.Soft(primary_hue="indigo", neutral_hue="slate", font=_SANS, font_mono=_MONO)

CSS = """
.gradio-container { max-width: 1800px !important; margin: 0 auto; }
.title { padding: 2px 4px; }
.title h1 { font-size: 1.5rem; margin: 0; letter-spacing: -0.01em; }
"""
