"""The look that all tabs share; system fonts only, so that nothing is fetched."""

import gradio as gr

_SANS = ["system-ui", "-apple-system", "Segoe UI", "Noto Sans", "Noto Sans CJK SC", "sans-serif"]
_MONO = ["ui-monospace", "SFMono-Regular", "DejaVu Sans Mono", "monospace"]

THEME = gr.themes.Soft(primary_hue="indigo", neutral_hue="slate", font=_SANS, font_mono=_MONO)

CSS = """
.gradio-container, .gradio-container main {
  width: 100%; max-width: 1840px !important; margin: 0 auto;
}
.title { padding: 2px 4px; }
.title h1 { font-size: 1.5rem; margin: 0; letter-spacing: -0.01em; }
.thumbs { display: flex; flex-wrap: wrap; gap: 3px; }
.thumbs img {
  width: 36px !important; height: 36px !important; image-rendering: pixelated; border-radius: 4px;
}
.warn { color: var(--error-text-color); }
.facts-row { display: flex; flex-wrap: wrap; gap: 4px 34px; font-variant-numeric: tabular-nums; }
.facts-row span { display: block; font-size: 14px; color: var(--body-text-color-subdued); }
.facts-row b { font-size: 24px; font-weight: 600; }
.row img { width: 100%; max-width: 1350px; image-rendering: pixelated; display: block; }
.bottom { align-items: flex-end; }
.row { min-height: 60px; color: var(--body-text-color-subdued); }
@media (max-width: 700px) { .below-on-phone { order: 1; } }
"""
