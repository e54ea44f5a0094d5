"""`python -m playground` is the `playground` command."""

import os
import sys

# `python -m` looks into the folder that it was started in before all others, where a person's
# random.py would be imported in place of Python's. What is loaded by now is Python's own.
if not sys.flags.safe_path and sys.path[0] in ("", os.getcwd()):
    del sys.path[0]

from playground.cli import main

main()
