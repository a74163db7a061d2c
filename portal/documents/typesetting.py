"""Frozen facts to PDF: the same facts, template version and fonts version always give the same bytes.

WeasyPrint is imported only where a PDF is made: never in the web process, which may lack its libraries.
"""

import functools
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from portal.base.clock import SHANGHAI
from portal.documents import coverage, qr, rules
from portal.kernel.errors import Invalid

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "documents"
FACES = (coverage.COMMON, coverage.TITLE)


def render(kind_name: str, frozen: str, template_version: str, fonts_version: str) -> bytes:
    """Make the PDF of frozen facts, unsigned. Stops with the character's name where no font has a shape for it."""
    kind = rules.KINDS[kind_name]
    characters = rules.characters(frozen)
    if missing := coverage.unprintable(characters, fonts_version):
        raise Invalid({"facts": coverage.complaint(missing)})
    setting = typecase(template_version, fonts_version, wide=coverage.needs_rare(characters, fonts_version))
    pdf, pages = setting(html(kind_name, frozen, template_version))
    if pages > kind.most_pages:
        raise Invalid(
            {"facts": f"内容超过 {kind.most_pages} 页，放不进{kind.title}。先请市级管理员更新文书模板，再试一次。"}
        )
    return pdf


def html(kind_name: str, frozen: str, template_version: str, *, frame: str = "frame") -> str:
    """Set frozen facts into the template of a version; `frame="preview"` gives the letter alone, for a page."""
    kind = rules.KINDS[kind_name]
    issue, facts = rules.thaw(kind, frozen)
    template = environment().get_template(f"{template_version}/{kind_name}.html")
    return template.render(
        frame=f"{template_version}/{frame}.html",
        heading="h1" if frame == "frame" else "h2",
        kind=kind,
        issue=issue,
        facts=facts,
        qr_code=qr.picture(issue.verify_url) if frame == "frame" else "",
    )


@functools.lru_cache(maxsize=1)
def environment() -> Environment:
    """The environment of the documents: escaping always on, an unknown name is an error."""
    found = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    found.filters.update(day=rules.day, moment=moment, clock=clock_time, iso=iso, formal_day=formal_day)
    return found


@functools.lru_cache(maxsize=8)
def typecase(template_version: str, fonts_version: str, *, wide: bool) -> Callable[[str], tuple[bytes, int]]:
    """Read fonts and style sheet of a version once for this process; the rare characters' font only when asked for."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    fonts, fetcher = FontConfiguration(), own_files_only()
    faces = (*FACES, coverage.RARE) if wide else FACES
    rules_for_faces = "".join(
        f"@font-face {{ font-family: {face}; src: url(font:{fonts_version}/{face}) }}\n" for face in faces
    )
    sheet = rules_for_faces + (TEMPLATES / template_version / "style.css").read_text("utf-8")
    style = weasyprint.CSS(string=sheet, font_config=fonts, url_fetcher=fetcher)

    def setting(page: str) -> tuple[bytes, int]:
        document = weasyprint.HTML(string=page, url_fetcher=fetcher, base_url="font:").render(
            font_config=fonts, stylesheets=[style], pdf_variant="pdf/a-3u"
        )
        return document.write_pdf(pdf_identifier=True), len(document.pages)

    return setting


def own_files_only() -> Any:
    """A fetcher that knows our fonts and `data:` alone: no file of the machine and no network."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFilesOnly(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("font:"):
                path = (coverage.FOLDER / f"{url.removeprefix('font:')}.ttf").resolve()
                if not path.is_relative_to(coverage.FOLDER):
                    raise ValueError("not one of our fonts")
                return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "font/ttf"})
            return super().fetch(url, headers)

    return OwnFilesOnly(allowed_protocols=("data",), allow_redirects=False)


def moment(value: datetime) -> str:
    """A moment in Chongqing, for example 2026年11月30日14时05分."""
    local = value.astimezone(SHANGHAI)
    return f"{rules.day(local.date())}{local.hour}时{local.minute:02d}分"


def clock_time(value: datetime) -> str:
    """A time of day in Chongqing, for example 14时05分."""
    local = value.astimezone(SHANGHAI)
    return f"{local.hour}时{local.minute:02d}分"


def iso(value: datetime) -> str:
    """A moment for the PDF's own fields, to the second, with the zone."""
    return value.astimezone(SHANGHAI).replace(microsecond=0).isoformat()


def formal_day(value: date) -> str:
    """A day in Chinese figures, as certificates write it: 二〇二六年十一月三十日."""
    figures = "〇一二三四五六七八九"
    year = "".join(figures[int(digit)] for digit in str(value.year))
    return f"{year}年{_small(value.month)}月{_small(value.day)}日"


def _small(value: int) -> str:
    figures = "〇一二三四五六七八九"
    tens, ones = divmod(value, 10)
    return ("" if tens == 0 else "十" if tens == 1 else figures[tens] + "十") + (
        figures[ones] if ones or not tens else ""
    )
