"""Which characters of a text are said again elsewhere: by stretches of a few characters, one behind the other."""

from __future__ import annotations

from collections.abc import Iterator


def grams(text: str, size: int) -> Iterator[str]:
    """All stretches of so many characters."""
    return (text[i : i + size] for i in range(len(text) - size + 1))


def coverage(text: str, known: set[str], size: int) -> list[bool]:
    """Of each character, whether it stands in a stretch that is ``known``.

    >>> coverage("橋頭的茶館", {"的茶館"}, 3)
    [False, False, True, True, True]
    """
    covered = [False] * len(text)
    for i, gram in enumerate(grams(text, size)):
        if gram in known:
            covered[i : i + size] = [True] * size
    return covered
