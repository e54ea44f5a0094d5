"""What the page leaves out for the audience: buttons that would only refuse.

What somebody may do is decided where it is done; see `runtime/enforcement.py`.
"""

REFUSING = (
    *("#train-start", "#train-pause", "#train-resume", "#train-stop", "#train-rename"),
    *("#train-duplicate", "#train-continue", "#train-delete", "#train-files", "#open-snapshot"),
    *("#plane-train", "#plane-reflow", "#plane-keep", "#link-box .delete"),
)
AUDIENCE = f"""<style>
:root[data-role="audience"] :is({", ".join(REFUSING)}) {{ display: none !important; }}
</style>"""
