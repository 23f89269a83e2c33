"""Greetings in several languages."""

GREETINGS = {"de": "Hallo", "en": "Hello", "fr": "Bonjour"}
NAME_MAX = 60


class UnknownLanguage(ValueError):
    """No greeting is known in the language asked for."""


def greet(name: str, language: str = "en") -> str:
    """Greets by name; a name too long is cut, a blank one is everybody."""
    if language not in GREETINGS:
        raise UnknownLanguage(language)
    return f"{GREETINGS[language]}, {name.strip()[:NAME_MAX] or 'everybody'}!"
