"""What the server says to a visitor: in the language of the page's cookie, values and all."""

import pytest

from playground.errors import InputError, unknown
from playground.texts import joined, t
from playground.ui.i18n import language
from playground.ui.runtime import saying
from playground.ui.runtime.saying import said, visitor_language

CHINESE = "zh-Hans"
WORDS = {
    "step {k} of {n}": "第 {k} 步，共 {n} 步",
    "{name} is gone.": "{name} 已不在。",
    "cat": "猫",
}


@pytest.fixture(autouse=True)
def words(monkeypatch):
    monkeypatch.setattr(saying, "words", lambda: WORDS)


@pytest.mark.parametrize(
    ("cookie", "told"),
    [
        (b"language=zh-Hans", CHINESE),
        (b"visitor=a; language=zh-Hans", CHINESE),
        (b"language=en", "en"),
        (b"language=klingon", "en"),
        (b"language=zh-Hans\xff; \x00", "en"),
        (b"", "en"),
    ],
)
def test_the_cookie_tells_the_language(cookie, told):
    assert visitor_language({"headers": [(b"accept", b"*/*"), (b"cookie", cookie)]}) == told


def test_programs_have_no_cookie_and_are_told_in_english():
    assert visitor_language({"headers": []}) == "en"
    assert said(t("step {k} of {n}", k=1, n=2)) == "step 1 of 2"


def test_values_are_put_in_as_they_are_and_texts_in_words():
    assert said(t("step {k} of {n}", k=1, n=2), CHINESE) == "第 1 步，共 2 步"
    assert said(t("{name} is gone.", name=t("cat")), CHINESE) == "猫 已不在。"
    assert said(t("{name} is gone.", name="{k} cat"), CHINESE) == "{k} cat 已不在。"
    assert said(joined([t("cat"), "cat"], ", "), CHINESE) == "猫, cat"


def test_an_error_is_said_by_its_key():
    error = InputError("{name} is gone.", name="a.png")
    assert (said(error, CHINESE), str(error)) == ("a.png 已不在。", "a.png is gone.")


def test_what_has_no_words_stays_english():
    assert said(unknown("model", "emojy", ["emoji"]), CHINESE).startswith("There is no model")
    assert said("plain", CHINESE) == "plain"
    assert language.KEY == "language"
