"""What is printed never ends a command, whatever code page the output is redirected in."""

import os

import pytest


@pytest.mark.parametrize("code_page", ["gbk", "ascii"])
def test_a_letter_that_the_code_page_lacks_is_a_question_mark(playground, tmp_path, code_page):
    (tmp_path / "Käfer 猫.txt").write_text("no picture")
    settings = {"PYTHONUTF8": "0", "PYTHONIOENCODING": f"{code_page}:strict"}
    settings = {"env": os.environ | settings, "text": False, "cwd": tmp_path}
    told = playground("list", **settings)
    assert told.returncode == 0, told.stderr
    assert "Song".encode(code_page) in told.stdout
    refused = playground("noise", "Käfer 猫.txt", **settings)
    assert refused.returncode == 2
    assert refused.stderr.startswith(b"playground: ")
    assert b"Traceback" not in refused.stderr
