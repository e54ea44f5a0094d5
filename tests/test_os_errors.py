"""Why the system refused a file: in its own English on a terminal, in Chinese on the page."""

import errno
import os
import re
import sys

import pytest

from playground.errors import InputError
from playground.os_errors import REASONS, REFUSED, reason, reason_in_rust, sentence
from playground.ui.runtime.saying import said

CHINESE = re.compile(r"[\u3400-\u9fff]")
WORD = re.compile(r"[a-z]{3}")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems word some otherwise")
@pytest.mark.parametrize("number", REASONS)
def test_the_english_is_what_the_system_says(number):
    assert str(reason(OSError(number, os.strerror(number)))) == os.strerror(number).lower()


@pytest.mark.parametrize("number", REASONS)
def test_the_chinese_has_no_english_in_it(number):
    told = said(sentence(OSError(number, os.strerror(number), "/d/x")), "zh-Hans")
    assert CHINESE.search(told)
    assert not WORD.search(told)


def test_what_is_seldom_met_stays_in_the_systems_words():
    assert str(reason(OSError(errno.ELOOP, "Too many levels"))) == "too many levels"
    assert reason(OSError()) == REFUSED


def test_a_library_in_rust_is_understood():
    full = REASONS[errno.ENOSPC]
    assert reason_in_rust(Exception("I/O error: No space left on device (os error 28)")) == full
    assert str(reason_in_rust(Exception("Odd thing (os error 999)"))) == "odd thing"
    assert reason_in_rust(Exception("the header is too large")) is None


def test_a_sentence_names_the_file_where_the_system_does():
    full = os.strerror(errno.ENOSPC)
    named, unnamed = OSError(errno.ENOSPC, full, "/d/x"), OSError(errno.ENOSPC, full)
    assert str(sentence(named)) == "/d/x cannot be used (no space left on device)."
    assert str(sentence(unnamed)) == "A file cannot be used (no space left on device)."
    assert str(sentence(InputError("{name} is one.", name="It"))) == "It is one."
