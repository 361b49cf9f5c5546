"""``python -m bench [NAME…]``: runs every measurement of this folder, or the named ones."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path


def main() -> None:
    """Runs each module's ``main`` under its own heading."""
    names = sys.argv[1:] or sorted(
        p.stem for p in Path(__file__).parent.glob("*.py") if not p.stem.startswith("_")
    )
    for name in names:
        print(f"\n== {name} ==", flush=True)
        importlib.import_module(f"bench.{name}").main()


if __name__ == "__main__":
    main()
