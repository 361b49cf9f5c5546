"""Formulas that print and e-book cannot show: Pandoc sets simple ones as text, and of all others leaves the TeX."""

from __future__ import annotations

import io

import lxml.html
import panflute as pf

from pipeline.programs import pandoc


def unset_formulas(doc: pf.Doc) -> list[str]:
    r"""The formulas of ``doc`` that come out as TeX, in order, each once.

    >>> both = pf.Para(pf.Math("x^2", format="InlineMath"), pf.Math(r"\frac{1}{2}", format="InlineMath"))
    >>> unset_formulas(pf.Doc(both))
    ['\\frac{1}{2}']
    """
    found: list[pf.Math] = []
    doc.walk(lambda e, _: found.append(e) if isinstance(e, pf.Math) else None)
    if not found:
        return []
    alone = io.StringIO()
    pf.dump(pf.Doc(*(pf.Plain(pf.Math(e.text, format=e.format)) for e in found)), alone)
    html = pandoc.write(alone.getvalue().encode("utf-8"), "html5").decode("utf-8")
    spans = lxml.html.fragment_fromstring(html, create_parent="div").iter("span")
    shown = [e for e in spans if "math" in (e.get("class") or "").split()]
    return list(
        dict.fromkeys(e.text for e, span in zip(found, shown, strict=True) if (span.text or "")[:1] == "$")
    )
