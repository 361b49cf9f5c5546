"""Paths → books."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from pipeline.schedule.books import Book, Unreadable, find_books, find_masters, find_passed_over
from pipeline.schedule.state import State, Step, save_state


def touch(path: Path, text: str = "文") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_goes_straight_into_out(tmp_path: Path) -> None:
    (book,) = find_books([touch(tmp_path / "a.txt")], tmp_path / "out")
    assert isinstance(book, Book)
    assert (book.slug, book.out) == ("a", tmp_path / "out")


@pytest.mark.parametrize(("named", "numbering"), [("", "page"), ("one.txt", "page"), ("two.txt", "book")])
def test_a_file_has_the_settings_of_the_book_that_it_is_the_source_of(
    tmp_path: Path, named: str, numbering: str
) -> None:
    settings = f'[book]\nsource = "{named}"\n[notes]\nnumbering = "page"\n'
    touch(tmp_path / "book.toml", settings)
    touch(tmp_path / "two.txt")
    (book,) = find_books([touch(tmp_path / "one.txt")], tmp_path / "out")
    assert isinstance(book, Book)
    assert (book.slug, book.settings.notes.numbering) == ("one", numbering)


def test_several_get_a_folder_each(tmp_path: Path) -> None:
    books = find_books([touch(tmp_path / "a.txt"), touch(tmp_path / "b.txt")], tmp_path / "out")
    assert [b.out.name for b in books if isinstance(b, Book)] == ["a", "b"]


def test_a_folder_of_books_and_files(tmp_path: Path) -> None:
    touch(tmp_path / "x" / "book.toml", "")
    touch(tmp_path / "x" / "text.txt")
    touch(tmp_path / "b.md")
    touch(tmp_path / "b.master.md")
    touch(tmp_path / "README.md")
    touch(tmp_path / "picture.png")
    books = find_books([tmp_path], None)
    assert sorted(b.slug for b in books) == ["b", "x"]
    (b,) = (b for b in books if isinstance(b, Book) and b.slug == "b")
    assert b.corrected_master == tmp_path / "b.master.md"


def test_a_folder_of_sources_among_books_is_told(tmp_path: Path) -> None:
    touch(tmp_path / "book" / "book.toml", "")
    touch(tmp_path / "book" / "text.txt")
    touch(tmp_path / "book" / "inner" / "text.txt")
    touch(tmp_path / "forgotten" / "a.txt")
    touch(tmp_path / "shelf" / "b" / "book.toml", "")
    touch(tmp_path / "pictures" / "a.png")
    touch(tmp_path / ".hidden" / "a.txt")
    touch(tmp_path / "made" / "master.md")
    save_state(tmp_path / "made", State({"recover": Step("key")}))
    assert find_passed_over([tmp_path, tmp_path / "book", tmp_path / "none"]) == [
        tmp_path / "forgotten",
        tmp_path / "shelf",
    ]


def test_a_book_beside_another_takes_nothing_of_it(tmp_path: Path) -> None:
    touch(tmp_path / "book.toml", '[book]\nsource = "one.txt"\n')
    touch(tmp_path / "master.md")
    touch(tmp_path / "decisions.toml", "[decisions]\nC202-1 = 'refuse'\n")
    one, two = find_books([touch(tmp_path / "one.txt"), touch(tmp_path / "two.txt")], tmp_path / "out")
    assert isinstance(one, Book) and isinstance(two, Book)
    assert one.corrected_master == tmp_path / "master.md" and one.settings.recover.decisions
    assert two.corrected_master is None and not two.settings.recover.decisions


def test_one_bad_book_does_not_hide_the_others(tmp_path: Path) -> None:
    touch(tmp_path / "bad" / "book.toml", "[nonsense]\n")
    touch(tmp_path / "good" / "book.toml", "")
    touch(tmp_path / "good" / "text.txt")
    kinds = {b.slug: type(b) for b in find_books([tmp_path], None)}
    assert kinds == {"bad": Unreadable, "good": Book}


def test_what_cannot_be_opened_does_not_hide_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    touch(tmp_path / "locked" / "book.toml", "")
    (tmp_path / "lost.md").symlink_to("nowhere.md")
    touch(tmp_path / "good.txt")
    is_file = Path.is_file

    def ask(path: Path) -> bool:
        if path.parent.name == "locked":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return is_file(path)

    monkeypatch.setattr(Path, "is_file", ask)
    found = {b.slug: b for b in find_books([tmp_path], None)}
    assert {slug: type(b) for slug, b in found.items()} == {
        "good": Book,
        "locked": Unreadable,
        "lost.md": Unreadable,
    }
    assert str(found["locked"].error).endswith("book.toml: cannot be read (Permission denied).")  # type: ignore[union-attr]


def test_a_source_outside_the_folder_is_refused(tmp_path: Path) -> None:
    touch(tmp_path / "secret.txt")
    touch(tmp_path / "x" / "book.toml", '[book]\nsource = "../secret.txt"\n')
    (book,) = find_books([tmp_path / "x"], None)
    assert isinstance(book, Unreadable)
    assert "lies outside the book's folder" in str(book.error)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["a.pdf", ".hidden"], "holds no source that can be read (a.pdf). Put one there"),
        (["a.txt", "b.txt", "c.md", "d.md"], "holds 4 possible sources (a.txt, b.txt, c.md …). Name one"),
        ([], "holds no source that can be read. Put one there"),
    ],
)
def test_a_folder_without_one_source_says_what_it_holds(tmp_path: Path, names: list[str], said: str) -> None:
    for name in ["book.toml", *names]:
        touch(tmp_path / "x" / name, "")
    (book,) = find_books([tmp_path / "x"], None)
    assert isinstance(book, Unreadable) and said in str(book.error)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a\udcff.txt", "a\\udcff: the file's name is not UTF-8"),
        ("a\x08\n.txt", "a\\x08\\n: the file's name holds control"),
    ],
)
def test_a_name_that_no_report_can_say_is_refused(tmp_path: Path, name: str, said: str) -> None:
    (book,) = find_books([touch(tmp_path / name)], None)
    assert isinstance(book, Unreadable) and said in str(book.error)


def test_two_books_of_one_name_are_refused(tmp_path: Path) -> None:
    paths = [touch(tmp_path / name) for name in ("1/a.txt", "2/a.txt", "2/b.txt")]
    refused, made = find_books(paths, None)
    assert isinstance(refused, Unreadable) and "two books are called «a»" in str(refused.error)
    assert isinstance(made, Book) and made.slug == "b"


def test_a_master_is_published_beside_itself(tmp_path: Path) -> None:
    (book,) = find_masters([touch(tmp_path / "lunheng" / "master.md")], None)
    assert isinstance(book, Book)
    assert (book.slug, book.out, book.is_master) == ("lunheng", tmp_path / "lunheng", True)


@pytest.mark.parametrize("name", ["nothing.txt", "nowhere/"])
def test_what_is_not_there_is_named(tmp_path: Path, name: str) -> None:
    (book,) = find_books([tmp_path / name], None)
    assert isinstance(book, Unreadable)
    assert str(book.error).endswith("there is no such file or folder. Name a source, or a folder of sources.")


@pytest.mark.parametrize(
    "step",
    [
        '{"key": 3, "files": 4, "result": []}',
        '{"key": "x", "files": {}, "result": {"slug": 3}}',
        '{"new": 1}',
        "7",
    ],
)
def test_a_state_of_another_version_counts_as_none(tmp_path: Path, step: str) -> None:
    touch(tmp_path / "master.md", "# 章\n")
    touch(tmp_path / ".fanjian.json", '{"steps": {"recover": ' + step + "}}")
    (book,) = find_masters([tmp_path], None)
    assert isinstance(book, Book) and book.slug == tmp_path.name
    assert find_books([tmp_path], None)


def test_a_name_that_is_not_utf8_is_refused_alone(tmp_path: Path) -> None:
    odd = tmp_path / b"\xa4\xa4.txt".decode("utf-8", "surrogateescape")
    try:
        touch(odd)
    except OSError:
        pytest.skip("the file system knows only UTF-8")
    refused, made = find_books([odd, touch(tmp_path / "b.txt")], None)
    assert isinstance(refused, Unreadable) and "Rename the file" in str(refused.error)
    assert isinstance(made, Book)


def test_the_books_of_a_folder_come_as_people_count(tmp_path: Path) -> None:
    for name in ("10.txt", "9.txt", "1.txt"):
        (tmp_path / name).write_text("文。", encoding="utf-8")
    assert [book.slug for book in find_books([tmp_path], tmp_path / "out")] == ["1", "9", "10"]
