"""Endnotes of a recognised page: every way to call a note with every way to tell it, below a heading."""

from __future__ import annotations

import pytest

from pipeline.recovery.ocr_markdown import recover_ocr_markdown
from pipeline.settings import RecoverSettings

TOLD = [
    "王明：《渡口志》，河東書局1990年版，第3頁。",
    "同上書，第5頁。",
    "此說不確，當時的船戶都還在。",
    "參見李文《村史》，第12頁。",
]
CALLS = {
    "[1]": "[{n}]", "〔1〕": "〔{n}〕", "①": "{c}", "<sup>1</sup>": "<sup>{n}</sup>", "<sup>[1]</sup>": "<sup>[{n}]</sup>",
    "<sup>［1］</sup>": "<sup>［{n}］</sup>", "$^{1}$": "$^{{{n}}}$", "${ }^{[1]}$": "${{ }}^{{[{n}]}}$",
    "$^{〔1〕}$": "$^{{〔{n}〕}}$", "（1）": "（{n}）", "<sup>①</sup>": "<sup>{c}</sup>", "¹": "{r}",
}  # fmt: skip
BODIES = ["{n}. ", "{n}.", "{n}．", "{n}、", "[{n}]", "[{n}] ", "〔{n}〕", "({n})", "（{n}）", "{c}", "{c}. ", "<sup>{n}</sup> ", "註{n} ", "{n} ", "- [{n}] "]  # fmt: skip


def mark(form: str, n: int) -> str:
    return form.format(n=n, c="①②③④"[n - 1], r="¹²³⁴"[n - 1])


@pytest.mark.parametrize("heading", ["注釋", "註 釋", "參考文獻與註釋"])
@pytest.mark.parametrize("call", CALLS)
def test_every_way_to_call_and_to_tell(call: str, heading: str) -> None:
    one, two, three, four = (mark(CALLS[call], n) for n in range(1, 5))
    text = (
        f"# 渡口\n\n## 一、船\n\n渡口早就廢了{one}，只有老船還橫在岸邊，從前這裡一天要過三百個人。{two}\n\n"
        f"船戶改行做了腳夫，有的去了城裡，在碼頭上扛包。{three}孩子們不信。{four}\n\n## {heading}\n\n"
    )
    for form in BODIES if heading == "注釋" else ("[{n}] ", "{n}."):
        for end in ("\n\n", "\n", "  \n"):
            told = end.join(mark(form, n) + t for n, t in enumerate(TOLD, 1))
            manuscript = recover_ocr_markdown(text + told + "\n", RecoverSettings(), "zh-Hant")
            bodies = ["".join(b.content.visible() for b in note.blocks) for note in manuscript.notes]
            assert (bodies, len(manuscript.blocks), manuscript.findings) == (TOLD, 3, ()), (form, end)


def test_a_note_whose_call_is_lost_does_not_end_the_list() -> None:
    told = "\n\n".join(f"〔{n}〕{t}" for n, t in enumerate(TOLD, 1))
    manuscript = recover_ocr_markdown(
        f"# 渡口\n\n渡口早就廢了，只有老船還在〔2〕。孩子們〔3〕不信〔4〕。\n\n## 注釋\n\n{told}\n",
        RecoverSettings(),
        "zh-Hant",
    )
    assert ["".join(b.content.visible() for b in note.blocks) for note in manuscript.notes] == TOLD
    assert [f.rule for f in manuscript.findings] == ["N11"]
