"""HarfBuzz's subsetter, through ctypes: cuts a CJK font in a twentieth of the time that fontTools needs.

The library is the one that WeasyPrint wants too (Debian: libharfbuzz-subset0). Where it is not installed,
``subset`` says so by giving nothing.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import functools
from collections.abc import Iterable
from pathlib import Path
from typing import Any

NO_HINTING = 1  # hb_subset_flags_t
FEATURE_TAGS = 6  # hb_subset_sets_t
FEATURES = ("halt", "vhal", "chws", "vchw", "vert", "locl")  # marks of half width; vertical and local forms
_POINTERS = (
    "hb_blob_create_from_file_or_fail",
    "hb_face_create",
    "hb_subset_input_create_or_fail",
    "hb_subset_input_unicode_set",
    "hb_subset_input_set",
    "hb_subset_or_fail",
    "hb_face_reference_blob",
    "hb_blob_get_data",
)


@functools.cache
def _library() -> Any:
    """The library with its functions' types; none where it is not installed or too old."""
    name = ctypes.util.find_library("harfbuzz-subset")
    if not name:
        return None
    try:
        # Not RTLD_GLOBAL: PDFium, loaded later, would draw with the system's FreeType instead of its own.
        library = ctypes.CDLL(name)
        for function in _POINTERS:
            getattr(library, function).restype = ctypes.c_void_p
    except (OSError, AttributeError):
        return None
    return library


def subset(path: Path, index: int, characters: Iterable[int]) -> bytes | None:
    """Font number ``index`` of a file, cut to these code points, without hints; none where that fails."""
    if (hb := _library()) is None:
        return None
    pointer = ctypes.c_void_p
    blob = pointer(hb.hb_blob_create_from_file_or_fail(str(path).encode()))
    if not blob:
        return None
    face = pointer(hb.hb_face_create(blob, index))
    wanted = pointer(hb.hb_subset_input_create_or_fail())
    points = pointer(hb.hb_subset_input_unicode_set(wanted))
    for character in characters:
        hb.hb_set_add(points, ctypes.c_uint32(character))
    features = pointer(hb.hb_subset_input_set(wanted, FEATURE_TAGS))
    for feature in FEATURES:
        hb.hb_set_add(features, ctypes.c_uint32(int.from_bytes(feature.encode(), "big")))
    hb.hb_subset_input_set_flags(wanted, NO_HINTING)
    cut = pointer(hb.hb_subset_or_fail(face, wanted))
    content = _content(hb, cut) if cut else None
    hb.hb_face_destroy(cut)
    hb.hb_subset_input_destroy(wanted)
    hb.hb_face_destroy(face)
    hb.hb_blob_destroy(blob)
    return content


def _content(hb: Any, face: ctypes.c_void_p) -> bytes:
    blob = ctypes.c_void_p(hb.hb_face_reference_blob(face))
    length = ctypes.c_uint()
    start = hb.hb_blob_get_data(blob, ctypes.byref(length))
    content = ctypes.string_at(start, length.value)
    hb.hb_blob_destroy(blob)
    return content
