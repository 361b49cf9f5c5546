"""The project's data files: where they are (beside the package in a checkout, inside it in a wheel), and templates filled in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import SettingsError
from pipeline.location import Place

if TYPE_CHECKING:
    from jinja2 import Environment

PACKAGE = Path(__file__).resolve().parent
SUFFIX = ".jinja"


def templates_folder() -> Path:
    """The folder with house style, CSS and templates, whichever way Fanjian was installed."""
    inside = PACKAGE / "templates"
    return inside if inside.is_dir() else PACKAGE.parent / "templates"


def fill_template(name: str, folder: Path | None = None, /, **values: Any) -> str:
    """A template with its values; a copy of it in a book's ``folder`` goes over ours.

    Raises ``SettingsError``, with the line, for a copy that cannot be filled in.
    """
    import jinja2

    environment = _environment(folder, is_page=name.endswith(f".html{SUFFIX}"))
    try:
        return environment.get_template(name).render(**values)
    except jinja2.TemplateSyntaxError as e:
        raise SettingsError(f"{e.message}. Mend your copy.", Place(e.filename or name, e.lineno)) from e
    except jinja2.TemplateError as e:  # what it asks for is not there, or not allowed
        raise SettingsError(f"{e}. Mend your copy, or take it away.", _own(name, folder)) from e


def _own(name: str, folder: Path | None) -> str:
    own = folder / name if folder else None
    return str(own if own and own.is_file() else templates_folder() / name)


def _environment(folder: Path | None, is_page: bool) -> Environment:
    """Templates are as little trusted as the rest of a book's folder: they reach nothing but their values."""
    from jinja2 import FileSystemLoader, StrictUndefined, select_autoescape
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(
        loader=FileSystemLoader([place for place in (folder, templates_folder()) if place]),
        autoescape=select_autoescape([f"html{SUFFIX}", f"svg{SUFFIX}"]),  # in CSS nothing of a source stands
        undefined=StrictUndefined,
        trim_blocks=is_page,
        lstrip_blocks=is_page,
    )
