"""Dumps of a text of our own, without indents as they come, and what a manuscript says of them in plain strings."""

from __future__ import annotations

from pipeline.document.manuscript import Manuscript
from pipeline.document.traced import PieceKind
from pipeline.recovery import recover
from pipeline.recovery.ledger import account

TEXT = (
    "河道在秋天總是最先安靜下來，船夫把竹篙靠在橋邊，等著潮水從閘口退去，孩子們便跑到石階上去數那些露出來的木樁，"
    "平湖縣的碼頭原有七處，到了光緒末年只剩三處，其餘四處因為泥沙淤積而廢棄，縣衙幾次撥款修治都沒有成功"
)


def prose(n: int) -> str:
    """A sentence that no other number has."""
    clauses = TEXT.split("，")
    return "，".join([f"第{n}年", *clauses[n % 8 :], *clauses[: n % 8]]) + "。"


def cut(text: str, width: int = 30, lost: int = 2) -> list[str]:
    """Lines of one width; the first has lost its indent."""
    out = [text[: width - lost]]
    rest = text[width - lost :]
    while rest:
        at = width + 1 if rest[width : width + 1] in ("，", "。", "、") else width
        out.append(rest[:at])
        rest = rest[at:]
    return out


def dump(text: str) -> Manuscript:
    manuscript = recover(text, "page-dump")
    assert account(manuscript) == []
    return manuscript


def shown(manuscript: Manuscript) -> list[str]:
    def text(pieces: object) -> str:
        return "".join(
            f"[{p.text}]" if p.kind is PieceKind.CALL else "" if p.kind is PieceKind.PAGE else p.text
            for p in pieces  # type: ignore[attr-defined]
        )

    return [text(b.content.pieces) for b in manuscript.blocks]


def notes(manuscript: Manuscript) -> dict[str, str]:
    return {n.label: "".join(b.content.text for b in n.blocks) for n in manuscript.notes}


def blocks(lines: list[list[str]]) -> list[tuple[str, str]]:
    """The kind and text of each block of a dump without indents and blank lines."""
    lines = [*lines, *(cut(prose(n)) for n in range(20, 30))]
    manuscript = dump("\n".join(line for text in lines for line in text) + "\n")
    return [
        (block.kind.value, text) for block, text in zip(manuscript.blocks, shown(manuscript), strict=True)
    ]
