"""Shared fixtures. Data is in tests/cases/, real documents where FANJIAN_CORPUS says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# CI machines are slow and shared: a deadline per example would fail for no fault of the code.
settings.register_profile(
    "fanjian", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("fanjian")


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder with real documents; tests that need it skip, saying so, when there is none."""
    folder = os.environ.get("FANJIAN_CORPUS", "")
    if not folder or not Path(folder).is_dir():
        pytest.skip("FANJIAN_CORPUS names no folder with real documents")
    return Path(folder)


@pytest.fixture(scope="session")
def project() -> Path:
    """The checkout."""
    return Path(__file__).resolve().parent.parent
