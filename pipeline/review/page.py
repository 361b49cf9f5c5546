"""The review page: one HTML file, with all edits in their places, that needs no server and no network.

Comes in: a ``Review`` and the book's name. Goes out: HTML. The template may be copied and changed; texts of a
source are escaped, and the page runs no script but its own.
"""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.resources import fill_template
from pipeline.review.passages import Review

TEMPLATE = "review.html.jinja"


def write_page(review: Review, name: str, lang: str, folder: Path | None = None) -> str:
    """The page; a ``review.html.jinja`` in ``folder`` goes over ours."""
    data = {
        key: {
            "rule": c.rule,
            "why": c.why,
            "before": c.before,
            "after": c.after,
            "line": c.line,
            "page": c.page,
            "decision": c.decision,
            "proposed": c.proposed,
        }
        for key, c in review.changes.items()
    }
    text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c").replace("\u2028", "\\u2028")
    return fill_template(
        TEMPLATE,
        folder,
        name=name,
        lang=lang,
        passages=review.passages,
        changes=review.changes,
        rules=review.rules,
        data=text,
    )
