"""Texts amid HTML that Python makes: the page says them by their key and values."""

import html
import json
import re

from playground.texts import Text

_MARK_UP = re.compile(r"&lt;(/?(?:i|b|sub|sup|code))&gt;")


def in_html(text: Text, tag: str = "span", css: str = "") -> str:
    """Return an element that says the text: in English, and in the page's language once there.

    The text may hold what page/kit/marked.js reads: <b>, <i>, <sub>, <sup>, <code>.
    """
    about = text.to_json()
    values = json.dumps(about.get("values", {}), ensure_ascii=False)
    told = f" data-t-values='{html.escape(values, quote=True)}'" if text.values else ""
    style = f" class='{css}'" if css else ""
    english = _MARK_UP.sub(r"<\1>", html.escape(str(text)))
    return f"<{tag}{style} data-t='{html.escape(text.key, quote=True)}'{told}>{english}</{tag}>"
