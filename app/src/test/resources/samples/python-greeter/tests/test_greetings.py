import pytest

from greeter.greetings import NAME_MAX, UnknownLanguage, greet


@pytest.mark.parametrize(
    ("language", "greeting"),
    [("de", "Hallo, Ada!"), ("en", "Hello, Ada!"), ("fr", "Bonjour, Ada!")],
)
def test_greets_in_the_language_asked_for(language, greeting):
    assert greet("Ada", language) == greeting


def test_a_blank_name_is_everybody():
    assert greet("  ") == "Hello, everybody!"


def test_a_long_name_is_cut():
    assert greet("x" * 100) == "Hello, " + "x" * NAME_MAX + "!"


def test_an_unknown_language_is_refused():
    with pytest.raises(UnknownLanguage):
        greet("Ada", "tlh")
