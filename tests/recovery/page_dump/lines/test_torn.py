"""Printed lines that pdftotext tore where a mark was squeezed: they are whole again, and other dumps are left alone."""

from __future__ import annotations

import pytest

from pipeline.document.manuscript import BlockKind
from pipeline.han import OPENING
from pipeline.recovery.page_dump.lines.torn import mend_torn
from pipeline.recovery.page_dump.pages.scan import read_layout
from pipeline.recovery.page_dump.pages.widths import width_of
from pipeline.recovery.wording.marks import NEVER_FIRST
from tests.recovery.page_dump.dumps import cut, dump, notes, prose, shown

MEASURE = 30.0


def printed(text: str, lost: float = 2.0) -> list[str]:
    """Lines as a typesetter fills them: marks give up some of their width where the line would else begin with one."""
    out: list[str] = []
    wide = MEASURE - lost
    while text:
        at = 1
        while at < len(text) and width_of(text[: at + 1]) <= wide:
            at += 1
        while at < len(text) and text[at] in NEVER_FIRST:
            at += 1
        out.append(text[:at])
        text, wide = text[at:], MEASURE
    return out


def torn(line: str, wide: float) -> list[str]:
    """The line as pdftotext -raw gives it: a new one behind each mark, and before each opening one, where marks were squeezed."""
    if width_of(line) <= wide:
        return [line]
    out = [""]
    for char in line:
        if char in OPENING and out[-1] and out[-1][-1] not in OPENING:
            out.append("")
        out[-1] += char
        if char in NEVER_FIRST:
            out.append("")
    return [part for part in out if part]


@pytest.mark.parametrize("between", ["\n", "\n\n"], ids=["close", "spread"])
def test_torn_lines_are_whole_again(between: str) -> None:
    source, wanted = [], []
    for n in range(1, 13):
        text = prose(n)[:-1] + f"，時人稱之為「平湖{n}景」，見於縣志。" + prose(n + 20)
        wanted.append(text)
        first, *rest = printed(text)
        source += torn(first, MEASURE - 2)
        for line in rest:
            source += torn(line, MEASURE)
    assert sum(line[0] in NEVER_FIRST for line in source) > 5
    manuscript = dump(between.join(source) + "\n")
    assert shown(manuscript) == wanted


def test_headings_and_labels_are_no_pieces() -> None:
    pages = []
    for n in (1, 3, 5):
        body = (
            prose(n)[:-1]
            + f"，「平湖{n}景」，見於縣志。{n}"
            + prose(n + 1)[:-1]
            + f"，「碼頭」，已廢。{n + 1}"
        )
        lines = [
            piece for k, line in enumerate(printed(body)) for piece in torn(line, MEASURE - 2 * (k == 0))
        ]
        labels = [
            f"{n}",
            "《河道考》",
            f"，頁 {n}，",
            "河渠出版社。",
            f"{n + 1}",
            "《橋志補遺》",
            f"，頁 {n + 1}。",
        ]
        pages.append("\n".join([f"{'一二三四五六'[n]}、橋與路", *lines, *labels]))
    manuscript = dump("\n\f".join(pages) + "\n")
    assert [b.content.visible() for b in manuscript.blocks if b.kind is BlockKind.HEADING] == [
        "二、橋與路",
        "四、橋與路",
        "六、橋與路",
    ]
    found = notes(manuscript)
    assert list(found) == [str(n) for n in range(1, 7)]
    assert found["3"] == "《河道考》，頁 3，河渠出版社。" and found["4"] == "《橋志補遺》，頁 4。"


@pytest.mark.parametrize("spread", [False, True])
def test_other_dumps_are_left_alone(spread: bool) -> None:
    lines = [line for n in range(30) for line in printed(prose(n))]
    layout = read_layout(("\n\n" if spread else "\n").join(lines))
    assert mend_torn(layout) is layout


def test_lines_cut_at_a_width_are_left_alone() -> None:
    text = "".join(prose(n) for n in range(30))
    layout = read_layout("\n".join(text[at : at + 30] for at in range(0, len(text), 30)))
    assert sum(line.text[0] in NEVER_FIRST for line in layout.lines) > 5
    assert mend_torn(layout) is layout


@pytest.mark.parametrize("alone", [False, True], ids=["glued", "alone"])
def test_calls_do_not_end_printed_lines(alone: bool) -> None:
    """-raw begins a new line behind what is raised: the line is measured with what stands behind its call."""
    source, wanted, works, pages = [], [], [], []
    for n in range(1, 13):
        text = prose(n)[:-1] + f"，時人稱之為「平湖{n}景」，見於縣志。" + prose(n + 20)
        at = text.index("縣志。") + 3
        wanted.append(f"{text[:at]}[{n}]{text[at:]}")
        first, *rest = printed(text)
        seen = 0
        for k, line in enumerate((first, *rest)):
            pieces = torn(line, MEASURE - 2 * (not k))
            for piece in pieces:
                end = at - seen
                seen += len(piece)
                if not 0 < end <= len(piece):
                    source.append(piece)
                    continue
                source += [piece[:end], str(n)] if alone else [piece[:end] + str(n)]
                source += [piece[end:]] if piece[end:] else []
        works += [str(n), *cut(f"《河道考》，頁 {n + 10}，又說：{prose(n + 40)}", 34, 0)]
        if n % 3 == 0:
            pages.append("\n".join([*source, *works]))
            source, works = [], []
    manuscript = dump("\n\f".join(pages) + "\n")
    assert shown(manuscript) == wanted


def test_a_torn_page_whose_notes_have_most_of_its_whole_lines() -> None:
    """They are set smaller and hold more: the pieces tell how wide the text is."""
    source, wanted = [], []
    for n in (1, 2, 3):
        text = (
            prose(n)[:-1] + f"，時人稱之為「平湖{n}景」，見於縣志，「碼頭」，「渡口」，皆廢。" + prose(n + 20)
        )
        wanted += printed(text)
        source += [piece for line in printed(text) for piece in torn(line, 1.0)]
    wide = "平湖縣河道考略補遺縣志彙編續編卷三碼頭渡口附錄各圖橋工船戶名冊"
    bodies = [f"《志》{wide[k:]}{wide[:k]}河" for k in range(0, 24, 3)]
    mended = mend_torn(read_layout("\n".join([*source, *bodies]) + "\n")).lines
    assert [line.text.replace(" ", "") for line in mended[: len(wanted)]] == wanted


def test_an_entry_that_counts_on_behind_a_closed_sentence_is_no_piece() -> None:
    """«2.», «3.» begin lines of their own however well they fill the line before; a number that counts nothing on does not."""
    entries = [
        "1.林守河，《石門雜詠》",
        "，水利社，頁12。",
        "2.同前註，頁15。",
        "3. 陳問渠，",
        "《堤工雜記》",
        "，頁7。",
    ]
    text = [piece for n in range(1, 7) for line in printed(prose(n)) for piece in torn(line, MEASURE)]
    layout = mend_torn(read_layout("\n".join([*text, *entries]) + "\n"))
    begun = [line.text for line in layout.lines if line.text[0].isdigit()]
    assert len(begun) == 3
    assert begun[1] == entries[2]


def test_a_running_head_that_was_torn_is_whole_again() -> None:
    pages = [
        ["論「平湖」", "：碼頭與商會", *torn(printed(prose(n) + "見「縣志」，說「河道」。")[0], 20.0)] * 2
        for n in (1, 2)
    ]
    layout = mend_torn(read_layout("\n\f".join("\n".join(page) for page in pages) + "\n"))
    assert [layout.lines[page.first].text for page in layout.pages] == ["論「平湖」 ：碼頭與商會"] * 2


def test_the_head_of_the_notes_and_the_first_of_them_are_no_pieces() -> None:
    """«註釋：» closes with a mark, and a note may begin with one that opens."""
    text = [
        piece
        for n in range(1, 13)
        for line in printed(f"{prose(n)[:-1]}[{n}]。")
        for piece in torn(line, MEASURE)
    ]
    bodies = [
        piece
        for n in range(1, 13)
        for piece in (f"[{n}]《河道考》", f"，第{n}頁，又見", "《縣志》", "，其說相同。")
    ]
    manuscript = dump("\n".join([*text, "註釋：", *bodies]) + "\n")
    assert notes(manuscript) == {
        str(n): f"《河道考》，第{n}頁，又見《縣志》，其說相同。" for n in range(1, 13)
    }
