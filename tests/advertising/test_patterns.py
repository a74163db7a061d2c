"""Every pattern of the dated word lists shows one advertisement that it flags, and a harmless neighbour."""

import pytest

from portal.advertising.lexicon import CATEGORIES, lexicon
from portal.advertising.rules import check
from portal.policy import shipped

PATTERNS = lexicon().patterns


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: f"{pattern.category}-{pattern.id}")
def test_a_pattern_flags_its_example(pattern):
    assert pattern.category in check(pattern.positive, learned=False)["categories"]


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: f"{pattern.category}-{pattern.id}")
def test_a_pattern_leaves_its_harmless_neighbour_alone(pattern):
    assert pattern.category not in check(pattern.harmless, learned=False)["categories"]


def test_every_family_of_a_pattern_exists():
    known = set(lexicon().words) | set(lexicon().shapes)
    used = {name for pattern in PATTERNS for names in (*pattern.all, pattern.unless) for name in names}
    assert used <= known


@pytest.mark.parametrize("name", CATEGORIES)
def test_every_category_rests_on_an_article(name):
    articles = {citation.key for citation in shipped.policy().citations}
    assert set(lexicon().categories[name].cites) <= articles
    assert lexicon().categories[name].cites
