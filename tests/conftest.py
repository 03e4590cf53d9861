"""Options that hold for all tests."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --long: the long versions of the fuzzing and load tests."""
    parser.addoption("--long", action="store_true", help="run fuzzing and random interaction tests at full length")
