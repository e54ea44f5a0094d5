"""A benchmark here and at an earlier commit, in turns on this machine: their figures and ratios.

    python benchmarks/against.py COMMIT drag.py --moves 120
    python benchmarks/against.py COMMIT phones.py --same phones.py --same visits.py

Each side runs its own script with its own code. Figures are matched by the words of their lines,
and the median of the rounds is shown: there, here, here / there.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent.parent
NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?![\w])")

Figures = dict[str, list[list[float]]]  # by the words of a line: each round's numbers


def run(tree: Path, command: list[str]) -> str:
    """Return what this benchmark of this tree prints."""
    script = [sys.executable, str(tree / "benchmarks" / command[0]), *command[1:]]
    about = {**os.environ, "PYTHONPATH": str(tree)}
    done = subprocess.run(script, cwd=tree, env=about, text=True, stdout=subprocess.PIPE)
    if done.returncode:
        raise SystemExit(f"{command[0]} failed in {tree}.")
    return done.stdout


def read(text: str, into: Figures) -> None:
    """Add the numbers of every line under its words; equal lines are numbered."""
    seen: dict[str, int] = defaultdict(int)
    for line in text.splitlines():
        words = " ".join(NUMBER.sub("#", line).split())
        numbers = [float(one.replace(",", "")) for one in NUMBER.findall(line)]
        seen[words] += 1
        if numbers:
            into[f"{words} [{seen[words]}]"].append(numbers)


def table(there: Figures, here: Figures) -> list[str]:
    """Return a line for every figure that both sides have."""
    lines = []
    for words, rounds in here.items():
        if words not in there:
            continue
        lines.append(words)
        both = (zip(*there[words], strict=True), zip(*rounds, strict=True))
        for old, new in zip(*both, strict=True):
            a, b = median(old), median(new)
            ratio = f"{b / a:6.2f}x" if a else "      "
            lines.append(f"    {a:10.2f}  {b:10.2f}  {ratio}")
    return lines


def main() -> None:
    """Run both in turns, print each round and the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("commit", help="what is compared with")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--same", action="append", default=[], help="a script both take from here")
    args, command = parser.parse_known_args()
    git = ["git", "-C", str(HERE), "worktree"]
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "there"
        subprocess.run([*git, "add", "--quiet", "--detach", str(tree), args.commit], check=True)
        try:
            for name in args.same:
                shutil.copy(HERE / "benchmarks" / name, tree / "benchmarks" / name)
            sides: list[tuple[Path, Figures]] = [(tree, defaultdict(list))]
            sides.append((HERE, defaultdict(list)))
            for k in range(args.rounds):
                for side, found in sides[:: -1 if k % 2 else 1]:  # neither is always the first
                    text = run(side, command)
                    print(f"--- {'here' if side == HERE else args.commit}, round {k + 1}\n{text}")
                    read(text, found)
        finally:
            subprocess.run([*git, "remove", "--force", str(tree)], check=True)
    print(f"words of the line\n    {args.commit[:10]:>10}        here   ratio")
    print("\n".join(table(sides[0][1], sides[1][1])))


if __name__ == "__main__":
    main()
