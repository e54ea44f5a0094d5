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

_ACCENT, _ACCENT_DARK = "#4338ca", "#6366e8"  # 7.9:1 and 4.6:1 below white letters

# Soft's own greys and indigo are 2.5 to 4.5:1; these are at least 4.5:1 wherever words stand
THEME = gr.themes.Soft(primary_hue="indigo", neutral_hue="slate", font=_SANS, font_mono=_MONO).set(
    background_fill_primary="*neutral_50",  # Soft's own, which `set` forgets
    body_text_color_subdued="*neutral_600",
    body_text_color_subdued_dark="*neutral_300",
    input_placeholder_color="*neutral_500",
    input_placeholder_color_dark="*neutral_400",
    block_info_text_size="13px",
    link_text_color_dark="*primary_300",
    link_text_color_visited="*primary_700",
    link_text_color_visited_dark="*primary_300",
    link_text_color_active_dark="*primary_300",
    link_text_color_hover_dark="*primary_200",
    block_label_text_color="*primary_700",
    block_title_text_color="*primary_700",
    color_accent=_ACCENT,
    slider_color=_ACCENT,
    slider_color_dark=_ACCENT_DARK,
    checkbox_label_background_fill_selected=_ACCENT,
    checkbox_background_color_selected=_ACCENT,
    button_primary_background_fill="*primary_600",
    button_primary_background_fill_hover="*primary_700",
    button_primary_background_fill_hover_dark="*primary_700",
    button_primary_border_color="*primary_600",
)

_LARGE = "(min-width: 2500px) and (min-height: 1240px)"
_HUGE = "(min-width: 3600px) and (min-height: 1800px)"

_THUMB = """
  appearance: none; width: var(--thumb); height: var(--thumb); margin: 0; border: 0;
  border-radius: 50%; background: var(--color-accent); box-shadow: none;
  border-image: linear-gradient(90deg, var(--color-accent) 50%, var(--rest) 0) 0 1
    / calc(50% - 4px) 100vw / 0 100vw;
"""

# Before the page: Gradio narrows the selectors of CSS to its own part of it. A projector of 1440 or
# 2160 lines without a scale of its own shows the page as one of 1080, enlarged.
HEAD = (
    """<style>
:root { --accent-text: #4338ca; }
:root body.dark { --color-accent: #6366e8; --accent-text: #a5b4fc; } /* one in the theme */
:root:has(body.dark) { color-scheme: dark; } /* of sliders, menus and scroll bars */
@media LARGE { :root { --zoom: 1.3333; } }
@media HUGE { :root { --zoom: 2; } }
:root.presenting { --zoom: 1; } /* what is on the stage is enlarged by itself */
.gradio-container, #lesson, #link-box, #talk-box { zoom: var(--zoom, 1); }
.options:has(> [role=listbox]) { /* placed in pixels of the screen */
  zoom: calc(1 / var(--zoom, 1));
}
.options > [role=listbox] { zoom: var(--zoom, 1); }
.options > [role=listbox] > li { width: auto !important; }
/* Every slider, Gradio's too: what lies left of the thumb is its border, as wide as any page. */
:root body input[type=range] {
  appearance: none; margin: 0; min-height: 24px; background: none; overflow: hidden; cursor: grab;
  border-radius: 8px; --thumb: 20px; --rest: var(--border-color-primary);
}
:root body input[type=range]:active { cursor: grabbing; }
:root body input[type=range]:focus-visible {
  outline: 2px solid var(--color-accent); outline-offset: 2px;
}
:root body input[type=range]::-webkit-slider-runnable-track { height: auto; background: none; }
:root body input[type=range]::-webkit-slider-thumb { THUMB }
:root body input[type=range]::-moz-range-track { background: none; }
:root body input[type=range]::-moz-range-thumb { THUMB }
@media (prefers-reduced-motion: reduce) {
  *, *::before, *::after {
    transition: none !important; animation: none !important; scroll-behavior: auto !important;
  }
}
</style>""".replace("LARGE", _LARGE)
    .replace("HUGE", _HUGE)
    .replace("THUMB", _THUMB)
)

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
.side-by-side .block > .container { /* the fields of a row at the same height */
  display: flex; flex-direction: column; justify-content: space-between;
}
.side-by-side .block > .container > span { align-self: flex-start; }
.side-by-side .block > .container > .info-text { margin-bottom: auto; }
.settings { gap: 8px; }
.settings .block { padding-top: 5px; padding-bottom: 5px; }
.settings .form > .block > .container { /* what a control is stands beside its name */
  display: flex; flex-wrap: wrap; align-items: baseline; column-gap: 4px;
}
.settings .form > .block > .container > .wrap { flex-basis: 100%; }
.settings .side-by-side .block > .container {
  flex-direction: column; flex-wrap: nowrap; align-items: stretch;
}
.settings .side-by-side .block > .container > .wrap { flex-basis: auto; }
.settings .head { display: block; position: relative; } /* what a slider is stands in one line */
.settings .head .tab-like-container { position: absolute; right: 0; top: 0; }
.settings .wrap-inner { padding-top: 0; padding-bottom: 0; }
.settings .head .info-text { order: 1; flex-basis: 100%; }
.race-setup { align-items: flex-start; }
.act-row { gap: 10px; }
#beside-ideal { align-self: center; flex: 0 1 226px !important; min-width: 150px !important; }
#restore { white-space: nowrap; flex: 0 0 auto; padding-left: 14px; padding-right: 14px; }
.save-row { gap: 0 !important; flex: 2 0 280px; flex-wrap: nowrap; } /* its six names fit */
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
.train-run { gap: 8px; }
.train-run .facts-row b { font-size: 20px; }
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
.five-small .gallery { flex-wrap: nowrap !important; gap: 7px; }
.five-small :is(.gallery-item, .gallery-item .container) { width: 54px; height: 54px; }
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
@media (min-width: 1220px) { /* where both have room */
  .edit-buttons { position: relative; z-index: 20; margin: 0 0 -60px auto !important; }
  .edit-buttons { width: 280px !important; flex-wrap: nowrap !important; }
}
@media (max-width: 1400px) {
  #restore, .save-row button { font-size: 14px; }
  .save-row button { padding-left: 4px; padding-right: 4px; white-space: nowrap; }
  #restore { padding-left: 8px; padding-right: 8px; }
  #beside-ideal { flex-basis: 212px !important; padding-left: 4px; padding-right: 4px; }
}
button[role=tab].selected { color: var(--accent-text); }
[role=tablist]:has(> button[data-tab-id]) {
  height: auto !important; overflow: visible !important;
  background: none !important; /* Gradio's lines, 32 px apart, would cross these higher rows */
}
[role=tablist] > button[data-tab-id] {
  padding-top: 15px !important; padding-bottom: 3px !important;
  height: auto !important; overflow: visible !important;
}
[role=tablist] > button[data-group]:not(:first-child) { margin-left: 36px; }
button[data-group]::before { /* of a group; no part of the tab's name for who cannot see it */
  content: attr(data-group); content: attr(data-group) / "";
  position: absolute; top: 0; left: 16px;
  font-size: 11px; line-height: 1.4; letter-spacing: .02em; white-space: nowrap;
  color: var(--body-text-color-subdued);
}
#reference-text { max-width: 1080px; }
#reference-text .md-header-anchor { display: none; } /* fifty stops of the Tab key, without names */
#reference-text :is(th, td) { border-color: var(--border-color-primary) !important; }
#reference-text th { white-space: nowrap; }
#reference-text h2 { margin-top: 12px; }
#reference-text h3 { margin-top: 4px; }
@media (max-width: 1000px) { /* upright tablets: the pictures have the whole width */
  .below-on-phone {
    order: 1; flex: 1 1 100% !important; display: grid !important; align-items: start;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 330px), 1fr));
  }
}
@media (max-width: 700px) {
  [role=tablist] > button[data-group]:not(:first-child) { margin-left: 26px; }
  .title h1 { font-size: 1.2rem; line-height: 1.8rem; }
  .title > :has(h1) { flex-basis: 100%; }
  #language { margin-left: auto !important; } /* the same place in each language */
  #beside-ideal { flex: 1 1 150px !important; }
  .forecast table :is(th, td) { padding: 2px 3px; font-size: 13px; }
  .run-row > :first-child { flex: 1 1 100%; }
  .small-buttons > button { flex: 1 1 40%; }
  .facts-row { gap: 4px 18px; }
  .facts-row b { font-size: 19px; }
  #reference-text :is(th, td) { padding: 4px 5px !important; font-size: 13px; }
}
"""
