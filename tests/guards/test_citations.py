"""Every article that a rule, a reason, a limit, a page or a letter cites is one click away, each of them by itself."""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from portal import app
from portal.advertising import rules as advertisement
from portal.advertising import service as advertising
from portal.base.settings import ROOT
from portal.documents import rules as papers
from portal.documents import service as documents
from portal.kernel.limits import Citation
from portal.kernel.rule import Outcome, Rule
from portal.licensing.present import desk, tasks
from portal.licensing.rules import RULES as OF_LICENCES
from portal.policy import citing, shipped
from portal.policy.materials import materials
from portal.policy.reasons import grounds
from portal.schedules.rules import RULES as OF_SCHEDULES
from portal.teachers.rules import RULES as OF_TEACHERS
from tests.factories.documents import an_issue, some_facts

KNOWN = {citation.key for citation in shipped.policy().citations}
CITED = re.compile(r"《[^》…]+》第[^，。；）)”\"<{]*?[条项]")
WITHOUT_ARTICLES = {"withdrawal", "certificate", "duplicate"}


def texts() -> Iterable[tuple[Path, str]]:
    """Every file of ours that could name an article, but the articles themselves."""
    for folder in ("portal", "schemas", "templates", "workers"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".py", ".html", ".toml"} and path.name != "citations.toml":
                yield path, path.read_text(encoding="utf-8")


def of(rules: Iterable[Rule[Any]]) -> Iterable[str]:
    """The articles that rules rest on."""
    return (key for rule in rules for key in rule.cites)


def test_the_address_of_an_article_is_its_route() -> None:
    [route] = [route for route in app.ROUTES if route.name == "law.article"]
    assert route.path == citing.ADDRESS.format("{citation_id}")


@pytest.mark.parametrize(("text", "keys"), [
    ("《民办教育促进法》第十二条、第十七条", []),  # by its full name alone
    ("《中华人民共和国民办教育促进法》第十二条、第十七条", ["private-education-law-12", "private-education-law-17"]),
    ("依照《中华人民共和国行政许可法》第三十二条第一款第四项、第二款", ["licensing-law-32"]),
    ("《中华人民共和国广告法》第24条；《重庆市进一步推进中小学生减负工作实施方案》第10项",
     ["advertising-law-24", "plan-10"]),
    ("《中华人民共和国行政许可法》第百百条和第四十二条", []),
    ("《", []),
    ("", []),
])  # fmt: skip
def test_each_article_of_a_text_is_found_and_nothing_of_the_text_is_lost(text: str, keys: list[str]) -> None:
    assert citing.keys(text) == keys
    assert "".join(piece.text for piece in citing.pieces(text)) == text


@pytest.mark.parametrize("citation", shipped.policy().citations, ids=lambda one: one.key)
def test_every_label_leads_to_an_article_of_its_name(citation: Citation) -> None:
    [piece] = citing.pieces(citation.label)
    assert citing.newest(piece.key).label == citing.newest(citation.key).label


def test_every_article_named_in_our_words_is_one_that_we_keep() -> None:
    astray = [
        f"{path.relative_to(ROOT)}: {named[0]}"
        for path, text in texts()
        for named in CITED.finditer(text)
        if [piece.text for piece in citing.pieces(named[0]) if not piece.key]
    ]
    assert astray == []


def test_every_rule_reason_limit_and_time_cites_articles_that_we_keep() -> None:
    policy = shipped.policy()
    cites = {*of(OF_LICENCES), *of(OF_SCHEDULES), *of(OF_TEACHERS)}
    cites |= {ground.cite for ground in grounds().values()} | {kind.cite for kind in materials("new")}
    cites |= {row.cite for layer in policy.limit_layers for row in layer}
    cites |= {row.cite for layer in policy.time_layers for row in layer}
    cites |= {pack.cite for pack in policy.pack_rows}
    assert cites <= KNOWN


@pytest.mark.parametrize("rule", OF_LICENCES, ids=lambda rule: rule.id)
def test_a_check_of_an_application_links_every_article_of_its_rule(rule: Rule[Any]) -> None:
    label = shipped.policy().citation(rule.cites[0], date(2026, 11, 24)).label
    shown: dict[str, Any] = tasks.finding(Outcome(rule.id, rule.title, "failed", ("",), label, rule.cites))
    assert [piece.key for piece in shown["citation"]["pieces"] if piece.key] == list(rule.cites)


@pytest.mark.parametrize("rule", OF_SCHEDULES, ids=lambda rule: rule.id)
def test_a_finding_in_a_schedule_links_every_article_of_its_rule(rule: Rule[Any]) -> None:
    label = shipped.policy().citation(rule.cites[0], date(2026, 11, 24)).label
    found = citing.beside(label, rule.cites)
    assert [piece.key for piece in found if piece.key] == list(rule.cites)


def test_a_finding_in_an_advertisement_links_every_article_of_its_category() -> None:
    for category in advertising.categories().values():
        named = advertisement._citation(category.cites)
        assert citing.keys(named) == list(category.cites), category


def test_every_reason_of_the_list_links_its_article() -> None:
    assert [citation["pieces"][0].key for _, citation in desk.ground_articles()] == [
        ground.cite for ground in grounds().values()
    ]


@pytest.mark.parametrize("kind", papers.KINDS)
def test_every_article_that_a_letter_names_is_known_and_linked_in_its_preview(kind: str) -> None:
    frozen = papers.freeze(papers.KINDS[kind], an_issue(kind), some_facts(kind))
    cites = documents._cites(kind, frozen)
    assert set(cites) <= KNOWN
    assert bool(cites) == (kind not in WITHOUT_ARTICLES)


async def test_the_preview_of_a_letter_leads_to_each_article(database: str) -> None:
    shown = await documents.preview(
        "refusal", some_facts("refusal", addressee="<《中华人民共和国行政许可法》第三十八条>")
    )
    for key in ("licensing-law-38", "review-law-20", "litigation-law-46"):
        assert f'<a href="/law/{key}" target="_blank">' in shown
    assert "&lt;<a href" in shown
