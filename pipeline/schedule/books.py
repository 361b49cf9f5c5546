"""Paths that a user names → the books they mean, each with its settings and its place for output."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.errors import SettingsError, SourceError
from pipeline.files import in_order
from pipeline.schedule.state import load_state
from pipeline.settings import Settings, load_settings

UNNAMEABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")  # no edition or report can say it
SOURCE_SUFFIXES = frozenset(
    [
        ".txt",
        ".text",
        ".md",
        ".markdown",
        ".docx",
        ".odt",
        ".epub",
        ".html",
        ".htm",
        ".xhtml",
        ".rst",
        ".tex",
        ".latex",
        ".org",
        ".textile",
        ".mediawiki",
        ".wiki",
        ".dump",
    ]
)


@dataclass(frozen=True)
class Book:
    """A book to make: its slug, the source file, its settings, and where its editions go."""

    slug: str
    source: Path
    settings: Settings
    out: Path
    is_master: bool = False  # the source is a master already: nothing is recovered

    @property
    def corrected_master(self) -> Path | None:
        """A master beside the source that a person corrected, when there is one."""
        folder = self.source.parent
        names = [f"{self.source.stem}.master.md"]
        if self.settings.file == folder / "book.toml":
            names.append("master.md")
        found = (folder / name for name in names)
        return next((p for p in found if p.is_file() and p != self.source), None)


@dataclass(frozen=True)
class Unreadable:
    """A book that cannot even be planned; the others are still made."""

    slug: str
    error: SettingsError | SourceError


def find_books(paths: Iterable[Path], out: Path | None) -> list[Book | Unreadable]:
    """The books behind ``paths``: files, folders with a ``book.toml``, folders of either.

    With one file and ``out`` given its editions go straight into ``out``, else into a folder per book.
    Of two books that would share a folder neither is made, for one would overwrite the other.
    """
    listed = list(paths)
    straight = len(listed) == 1 and listed[0].is_file() and listed[0].name != "book.toml" and out is not None
    base = out if out is not None else Path("build")
    books = [book for path in listed for book in _books(path, base, straight)]
    unique: dict[str, Book | Unreadable] = {}
    for book in books:
        other = unique.setdefault(book.slug, book)
        one, two = (str(b.source) if isinstance(b, Book) else b.slug for b in (other, book))
        if isinstance(other, Book) and one != two:
            fault = f"two books are called «{book.slug}»: {one} and {two}. Rename one, or build them with different -o."
            unique[book.slug] = Unreadable(book.slug, SettingsError(fault))
    return list(unique.values())


def find_passed_over(paths: Iterable[Path]) -> list[Path]:
    """Folders inside folders of books that hold sources, or books, and are none: nobody said what they are."""
    found: list[Path] = []
    for path in paths:
        try:
            if path.is_dir() and not (path / "book.toml").is_file():
                found += filter(_is_passed_over, _inside(path))
        except OSError:
            continue  # it is no book either, and said to be none
    return found


def _is_passed_over(folder: Path) -> bool:
    if not folder.is_dir() or _stands_for_a_book(folder) or load_state(folder).steps:
        return False
    return any(map(_stands_for_a_book, _inside(folder)))


def _inside(folder: Path) -> list[Path]:
    return in_order(p for p in folder.iterdir() if not p.name.startswith("."))


def find_masters(paths: Iterable[Path], out: Path | None) -> list[Book | Unreadable]:
    """The books to publish from masters. Editions go beside the master, or into ``out``.

    The settings are those of the master's folder; a master that Fanjian wrote leads back to its book's.
    """
    books: list[Book | Unreadable] = []
    for path in paths:
        master = path / "master.md" if path.is_dir() else path
        slug = _slug_of(master)
        if not master.is_file():
            books.append(Unreadable(slug, SourceError("there is no such master.", str(path))))
        else:
            books.append(_planned(slug, functools.partial(_master, master, slug, out or master.parent)))
    return books


def _slug_of(master: Path) -> str:
    """What a master's book is called: as when Fanjian wrote it, else by its folder or its own name."""
    known = load_state(master.parent).step("recover").result.get("slug", "")
    if master.stem != "master":
        return master.stem
    return known or master.resolve().parent.name


def _master(path: Path, slug: str, out: Path) -> Book:
    recovered = load_state(path.parent).step("recover").result
    folder = Path(recovered.get("folder", path.parent))
    source = Path(recovered["source"]) if "source" in recovered else None
    return Book(slug, path, _settings_for(source, folder), out, is_master=True)


def _books(path: Path, base: Path, straight: bool) -> list[Book | Unreadable]:
    try:
        return _books_of(path, base, straight)
    except OSError as e:
        error = SourceError(f"cannot be read ({e.strerror}).", e.filename or str(path))
        return [Unreadable(path.name or str(path), error)]


def _books_of(path: Path, base: Path, straight: bool) -> list[Book | Unreadable]:
    if path.name == "book.toml" and path.is_file():
        path = path.parent
    if path.is_file():
        return [_planned(path.stem, lambda: _lone(path, base if straight else base / path.stem))]
    if not path.is_dir():
        error = SourceError(
            "there is no such file or folder. Name a source, or a folder of sources.", str(path)
        )
        return [Unreadable(path.name or str(path), error)]
    if (path / "book.toml").is_file():
        slug = path.resolve().name
        return [_planned(slug, lambda: _folder(path, slug, base / slug))]
    if made := load_state(path).step("recover").result:
        return [_planned(made["slug"], lambda: _again(path, made))]
    books: list[Book | Unreadable] = []
    for child in _inside(path):
        if _stands_for_a_book(child):
            books += _books(child, base, False)
    if not books:
        error = SourceError(
            "holds no source and no folder with a book.toml. Name a file, or run «fanjian new».", str(path)
        )
        return [Unreadable(path.name, error)]
    return books


def _stands_for_a_book(path: Path) -> bool:
    """Whether what lies in a folder of books is one, or cannot be opened to see."""
    try:
        if path.is_dir():
            return (path / "book.toml").is_file()
    except PermissionError:
        return True
    leads_nowhere = path.is_symlink() and not path.exists()  # it is told, not passed over
    is_file = path.is_file() or leads_nowhere
    return is_file and path.suffix.lower() in SOURCE_SUFFIXES and not _is_beside(path)


def _is_beside(path: Path) -> bool:
    """Whether a file only accompanies sources: a README, a corrected master."""
    return path.stem.upper().startswith("README") or path.name.endswith(".master.md")


def _planned(slug: str, plan: Callable[[], Book]) -> Book | Unreadable:
    if fault := UNNAMEABLE.search(slug):
        name = UNNAMEABLE.sub(lambda m: m[0].encode("unicode_escape").decode("ascii"), slug)
        what = "is not UTF-8" if "\ud800" <= fault[0] <= "\udfff" else "holds control characters"
        return Unreadable(name, SourceError(f"the file's name {what}. Rename the file.", name))
    try:
        return _decided(plan())
    except (SettingsError, SourceError) as error:
        return Unreadable(slug, error)


def decision_files(book: Book) -> list[Path]:
    """Where decisions on a book's edits are kept: in its build folder, then beside its source."""
    beside = book.source.parent / (
        "decisions.toml" if book.settings.file else f"{book.source.stem}.decisions.toml"
    )
    return [book.out / "decisions.toml", beside]


def _decided(book: Book) -> Book:
    """The book with the decisions of its review; what book.toml says goes over them."""
    from pipeline.recovery.decisions import read_decisions

    _refuse_other_work(book)
    found: dict[str, str] = {}
    for path in decision_files(book):
        found |= read_decisions(path)
    if not found:
        return book
    recover = replace(book.settings.recover, decisions=found | dict(book.settings.recover.decisions))
    return replace(book, settings=replace(book.settings, recover=recover))


def _refuse_other_work(book: Book) -> None:
    """Refuses a folder with the master of another source, which may hold a person's corrections."""
    made = load_state(book.out).step("recover").result
    if made and made["slug"] != book.slug and not book.is_master and Path(made["source"]).is_file():
        raise SettingsError(
            f"{book.out} holds the work on «{made['slug']}» ({made['source']}). Name another folder with -o.",
            str(book.source),
        )


def _again(out: Path, made: dict[str, Any]) -> Book:
    """The book whose editions are in ``out``, as it was built the last time."""
    source, folder = Path(made["source"]), Path(made["folder"])
    if not source.is_file():
        raise SourceError(f"was made from {source}, which is no longer there. Name the source.", str(out))
    return Book(made["slug"], source, _settings_for(source, folder), out)


def _lone(path: Path, out: Path) -> Book:
    return Book(path.stem, path, _settings_for(path, path.parent), out)


def _folder(folder: Path, slug: str, out: Path) -> Book:
    settings = _settings(folder, folder / "book.toml")
    if settings.book.source:
        source = folder / settings.book.source
        if not source.resolve().is_relative_to(folder.resolve()):
            raise SettingsError(
                f"[book] source {settings.book.source!r} lies outside the book's folder.",
                str(folder / "book.toml"),
            )
        return Book(slug, source, settings, out)
    sources = in_order(
        p
        for p in folder.iterdir()
        if p.is_file()
        and p.suffix.lower() in SOURCE_SUFFIXES
        and not _is_beside(p)
        and not p.name.startswith("master.")
    )
    if len(sources) == 1:
        return Book(slug, sources[0], settings, out)
    if not sources and (folder / "master.md").is_file():
        return Book(slug, folder / "master.md", settings, out)
    if not sources:
        what, mend = "no source that can be read", "Put one there, or name it"
    else:
        what, mend = f"{len(sources)} possible sources", "Name one"
    there = [
        p.name for p in sources or in_order(folder.iterdir()) if p.name[0] != "." and p.name != "book.toml"
    ]
    named = f" ({', '.join(there[:3])}{' …' * (len(there) > 3)})" if there else ""
    raise SettingsError(f"holds {what}{named}. {mend} under [book] source in its book.toml.", str(folder))


def _settings_for(source: Path | None, folder: Path) -> Settings:
    """The settings of a source in ``folder``: also those of a book.toml there, unless it names another source."""
    if (own := folder / "book.toml").is_file():
        settings = _settings(folder, own)
        if source is None or settings.book.source in ("", source.name):
            return settings
    return _settings(folder)


def _settings(folder: Path, *files: Path) -> Settings:
    house = [p for p in (Path("fanjian.toml"), folder / "fanjian.toml") if p.is_file()]
    unique = [p for i, p in enumerate(house) if p.resolve() not in {q.resolve() for q in house[:i]}]
    return load_settings(*unique, *files, folder=folder)
