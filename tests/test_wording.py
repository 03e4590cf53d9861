"""Numbers for people, at the edges."""

from fractions import Fraction

import pytest

from bot.wording import percent


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (Fraction(0), "0%"),
        (Fraction(1), "100%"),
        (Fraction(1, 3), "33.3%"),
        (Fraction(1, 10**5), "0.001%"),
        (1 - Fraction(1, 10**5), "99.999%"),
        (Fraction(1, 10**4000), "almost 0%"),
        (1 - Fraction(1, 10**4000), "almost 100%"),
    ],
)
def test_a_share_reads_as_none_or_all_only_where_it_is(share: Fraction, shown: str) -> None:
    """However small the rest is."""
    assert percent(share) == shown
