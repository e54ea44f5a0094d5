"""The keys of texts, where they are made: in scripts, in Python, on the page, in registries."""

import ast
import json
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import gradio as gr

from playground.reference import PARTS, told_of
from playground.spaces import clouds
from playground.ui.page.route import UI

ROOT = UI.parent
STRING = r'"(?:[^"\\]|\\.)*"'
CALL = re.compile(rf"\bt\(\s*({STRING}(?:\s*\+\s*{STRING})*)\s*[,)]")
PLAIN = re.compile(r'"[^"\\\n]*"')
PROPERTY = re.compile(r"^\s+(\w+):", re.M)
MARKED = re.compile(r'data-t(?:-title|-label|-placeholder|-alt)?="([^"]+)"')
TERMINAL = {"cli", "distributed"}
MAKERS = {"t", "Text", "InputError", "unknown"}
CODE = re.compile("`([^`]+)`")  # as the page is sent it
HAS_WORDS = re.compile(r"[A-Za-z]{2}")


def in_scripts() -> set[str]:
    """Keys in the page's modules and templates."""
    found: set[str] = set()
    for file in sorted(UI.rglob("*")):
        if file.suffix not in {".js", ".html"}:
            continue
        text = file.read_text(encoding="utf-8")
        marked = (_in_one_line(key) for key in MARKED.findall(text))
        found.update(key for key in marked if "${" not in key and HAS_WORDS.search(key))
        for call in CALL.findall(text):
            found.add("".join(json.loads(one) for one in re.findall(STRING, call)))
    return found


def _in_one_line(key: str) -> str:
    return " ".join(key.replace("\\\n", "").split())


def in_python(*, also_terminal: bool = False) -> set[str]:
    """Keys of texts and errors below playground; constants of a module stand for what they are.

    Those of the command line are read in a terminal alone.
    """
    files = sorted(ROOT.rglob("*.py"))
    shown = [file for file in files if also_terminal or not TERMINAL & {*file.parts}]
    return set(chain.from_iterable(map(_made_in, shown)))


def _made_in(file: Path) -> Iterator[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    constants = _constants(tree)
    for name, first in _calls(tree):
        if name == "unknown" and isinstance(first, ast.Call):
            continue  # a text, collected where it is made
        for one in _branches(first, constants):
            if isinstance(one, ast.Constant) and isinstance(one.value, str):
                yield one.value


def without_a_key() -> list[str]:
    """Calls of `t` in Python whose key is no literal, so that nobody can collect it."""
    found = []
    for file in sorted(ROOT.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        constants = _constants(tree)
        for name, first in _calls(tree):
            told = list(_branches(first, constants))
            if name == "t" and not all(isinstance(one, ast.Constant) for one in told):
                found.append(f"{file.relative_to(ROOT)}:{first.lineno}")
    return found


def _calls(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    """Calls of what makes a text, with the first argument of each."""
    for node in ast.walk(tree):
        name = getattr(node.func, "id", None) if isinstance(node, ast.Call) else None
        if name in MAKERS and node.args:
            yield name, node.args[0]


def _constants(tree: ast.Module) -> dict[str, list[ast.expr]]:
    """What names stand for in this file, in a function or outside."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                for name, value in _pairs(target, node.value):
                    found.setdefault(name, []).append(value)
    return found


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, its in zip(target.elts, value.elts, strict=True):
            yield from _pairs(one, its)


def _branches(node: ast.expr, constants: dict[str, list[ast.expr]]) -> Iterator[ast.expr]:
    """What may stand there: either end of an if, what a name stands for, a value of a table."""
    if isinstance(node, ast.IfExp):
        yield from _branches(node.body, constants)
        yield from _branches(node.orelse, constants)
    elif isinstance(node, ast.Name) and node.id in constants:
        for one in constants[node.id]:
            yield from _branches(one, constants) if not isinstance(one, ast.Name) else [one]
    elif isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
        for table in constants.get(node.value.id, ()):
            yield from table.values if isinstance(table, ast.Dict) else ()
    else:
        yield node


def written() -> set[str]:
    """Every string in the sources: a name that a text says may be chosen where it is made."""
    found: set[str] = set()
    for file in sorted(UI.parent.rglob("*")):
        if file.suffix == ".js":
            text = file.read_text("utf-8")
            found.update(json.loads(one) for one in PLAIN.findall(text))
            found.update(PROPERTY.findall(text))
        elif file.suffix == ".py":
            nodes = ast.walk(ast.parse(file.read_text("utf-8")))
            found.update(n.value for n in nodes if isinstance(n, ast.Constant) and n.value)
    return {one for one in found if isinstance(one, str)}


def on_page(page: gr.Blocks) -> set[str]:
    """What Gradio's own components say: labels, help, buttons, choices, text."""
    found: set[str] = set()
    for block in page.blocks.values():
        about = [getattr(block, name, None) for name in ("label", "info", "placeholder")]
        if isinstance(block, gr.Button | gr.Markdown):
            about.append(block.value)
        for shown, _ in getattr(block, "choices", None) or ():
            about.append(shown)
        found.update(str(one) for one in about if isinstance(one, str) and one)
    return {one.removeprefix("# ") for one in found if HAS_WORDS.search(one)}


def in_registries() -> set[str]:
    """What schedules, samplers and the like say of themselves."""
    found: set[str] = set()
    for part in PARTS:
        for name in part.registry.names():
            entry = part.registry.entry(name)
            helps = [knob.help for knob in entry.knobs.values()]
            told, _, use = told_of(entry)
            found.update((entry.title, entry.summary, *told, use, *helps))
    found.update(text for part in PARTS for text in (part.title, part.about))
    found.update(clouds.entry(name).title for name in clouds.names())
    return {CODE.sub(r"<code>\1</code>", one) for one in found if one and HAS_WORDS.search(one)}


def in_lesson(lesson: Path) -> set[str]:
    """All that the lesson says."""
    found: set[str] = set()
    for stop in json.loads(lesson.read_text(encoding="utf-8")):
        found.update((stop["title"], stop["text"], stop["question"], *stop["answers"], stop["why"]))
        found.update(stop.get("press", ())[:1])
    return found
