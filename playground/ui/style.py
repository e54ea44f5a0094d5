"""The look that all tabs share; system fonts only, so that nothing is fetched."""

import gradio as gr

_LATIN = ["system-ui", "-apple-system", "Segoe UI", "Noto Sans"]
_CHINESE = [  # macOS, Windows, and what Linux distributions have
    "PingFang SC",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
]
_SANS = [*_LATIN, *_CHINESE, "sans-serif"]
_MONO = ["ui-monospace", "SFMono-Regular", "DejaVu Sans Mono", "monospace"]

THEME = gr.themes.Soft(primary_hue="indigo", neutral_hue="slate", font=_SANS, font_mono=_MONO)

CSS = """
.gradio-container, .gradio-container main {
  width: 100%; max-width: 1840px !important; margin: 0 auto;
}
.gradio-container { overflow: clip !important; } /* hidden would hold what is sticky */
.prose button { margin: 0 !important; } /* not the margin of text, which the last lacks */
.tab-wrapper.wrap { padding-bottom: 0 !important; } /* as high as one row of a menu */
.title { padding: 2px 4px; }
.title { display: flex; align-items: center; flex-wrap: wrap; gap: 8px; }
.title > :has(h1) { margin-right: auto; }
.title > button {
  padding: 3px 14px; line-height: 1.4; font-size: .95rem; color: var(--body-text-color);
  border: 1px solid var(--border-color-primary); border-radius: 999px;
}
.title > button:hover { border-color: var(--color-accent); }
.title > button:focus-visible { outline: 2px solid var(--color-accent); outline-offset: 2px; }
#language { min-width: 6em; }
.unseen { display: none !important; }
#language-said { /* for screen readers */
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
}
.title h1 { font-size: 1.5rem; margin: 0; letter-spacing: -0.01em; }
.thumbs { display: flex; flex-wrap: wrap; gap: 3px; }
.thumbs img {
  width: 36px !important; height: 36px !important; image-rendering: pixelated; border-radius: 4px;
}
.warn { color: var(--error-text-color); }
.facts-row { display: flex; flex-wrap: wrap; gap: 4px 34px; font-variant-numeric: tabular-nums; }
.facts-row span { display: block; font-size: 14px; color: var(--body-text-color-subdued); }
.facts-row div { min-width: 5.4em; }
.facts-row div:first-child { min-width: 7.5em; }
.said { min-height: 1.5em; }
.facts-row b { font-size: 24px; font-weight: 600; white-space: nowrap; }
.bottom { align-items: flex-end; }
.act-row { gap: 10px; }
#beside-ideal { align-self: center; flex: 0 1 226px !important; min-width: 150px !important; }
#restore { white-space: nowrap; flex: 0 0 auto; padding-left: 14px; padding-right: 14px; }
.save-row { gap: 0 !important; flex: 2 1 246px; flex-wrap: nowrap; }
.save-row button { border-radius: 0; padding-left: 6px; padding-right: 6px; }
.save-row button + button { border-left: 1px solid var(--border-color-primary); }
.save-row button:first-child { border-radius: 8px 0 0 8px; }
.save-row button:last-child { border-radius: 0 8px 8px 0; }
.drop-here { position: relative; }
.drop-here::before {
  content: ""; position: absolute; inset: -6px; z-index: 999; pointer-events: none;
  border: 4px dashed var(--color-accent); border-radius: 12px;
  background: color-mix(in srgb, var(--color-accent) 10%, transparent);
}
.train-controls { gap: 8px; --block-info-text-size: 14px; }
.train-controls fieldset label { padding: 5px 9px; }
.train-controls fieldset .wrap { gap: 6px; }
.train-controls .block, .train-controls .form { flex-shrink: 0; }
.forecast { min-height: 172px; padding: 0 2px; font-variant-numeric: tabular-nums; }
.forecast table { width: 100%; border: 0; border-collapse: collapse; margin: 0; }
.forecast table :is(tr, th, td) { border: 0; background: none; }
.forecast table :is(th, td) {
  padding: 2px 8px; text-align: right; font-size: 15px; white-space: nowrap;
}
.forecast table :is(th, td):first-child { text-align: left; padding-left: 6px; }
.forecast tr:first-child th {
  font-size: 13px; font-weight: 400; color: var(--body-text-color-subdued);
}
.forecast tr.chosen :is(th, td) { background: var(--color-accent-soft); font-weight: 600; }
.forecast th { font-weight: 400; }
.forecast p { margin: 6px; font-size: 14px; line-height: 1.4; }
#queue-line p { margin: 0 2px; min-height: 2.8em; line-height: 1.4; font-size: 14px; }
#like-note p { margin: 4px 2px; font-size: 14px; }
.pixelated img { image-rendering: pixelated; }
.pixelated .image-frame, .pixelated .image-frame img { /* a picture of few pixels is shown large */
  width: 100%; height: 100%; object-fit: contain;
}
@media (min-width: 701px) {
  #beside-ideal { white-space: nowrap; min-width: 212px !important; }
  /* beside the names of the inner tabs, to leave the height to the pictures */
  .race-buttons { position: relative; z-index: 20; margin: -56px 0 -6px auto; width: 560px; }
  .start-row { position: sticky; bottom: 0; z-index: 60; padding: 6px 0; }
  .start-row { background: var(--body-background-fill); }
}
@media (max-width: 1400px) {
  #restore, .save-row button { font-size: 14px; }
  #restore { padding-left: 8px; padding-right: 8px; }
  #beside-ideal { flex-basis: 212px !important; padding-left: 4px; padding-right: 4px; }
}
#reference-text { max-width: 1080px; }
#reference-text :is(th, td) { border-color: var(--border-color-primary) !important; }
#reference-text h2 { margin-top: 12px; }
#reference-text h3 { margin-top: 4px; }
@media (max-width: 700px) {
  .title h1 { font-size: 1.2rem; line-height: 1.8rem; } /* the languages stand beside it */
  #beside-ideal { flex: 1 1 150px !important; }
  .forecast table :is(th, td) { padding: 2px 3px; font-size: 13px; }
  .below-on-phone { order: 1; }
  .run-row > :first-child { flex: 1 1 100%; }
  .small-buttons > button { flex: 1 1 40%; }
  .facts-row { gap: 4px 18px; }
  .facts-row div:first-child { min-width: 7.5em; }
.said { min-height: 1.5em; }
.facts-row b { font-size: 19px; }
}
"""
