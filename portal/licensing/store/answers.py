"""What the applicant wrote and uploaded: sealed sections, the submissions made of them, materials in their slots."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.base import crypto, db


def _place(case_id: int, name: str) -> str:
    return f"application_section:{case_id}:{name}"


async def save_section(case_id: int, name: str, answers: dict[str, Any], *, is_complete: bool, at: datetime) -> None:
    """Keep a section's answers, sealed for this case and section."""
    sealed = crypto.keys().encrypt(json.dumps(answers, ensure_ascii=False), place=_place(case_id, name))
    await db.execute(
        "INSERT INTO application_section (application_id, name, sealed, is_complete, saved_at)"
        " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (application_id, name)"
        " DO UPDATE SET sealed = EXCLUDED.sealed, is_complete = EXCLUDED.is_complete, saved_at = EXCLUDED.saved_at",
        case_id, name, sealed, is_complete, at,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class SavedSection:
    """One section's answers as they were last saved."""

    name: str
    answers: dict[str, Any]
    is_complete: bool
    saved_at: datetime


async def sections(case_id: int) -> dict[str, SavedSection]:
    """Give every section that was saved, by its name."""
    found = await db.rows("SELECT * FROM application_section WHERE application_id = $1", case_id)
    keys = crypto.keys()
    return {
        row["name"]: SavedSection(
            row["name"],
            json.loads(keys.decrypt(row["sealed"], place=_place(case_id, row["name"]))),
            row["is_complete"],
            row["saved_at"],
        )
        for row in found
    }


async def section(case_id: int, name: str) -> SavedSection | None:
    """Give one section as it was last saved."""
    return (await sections(case_id)).get(name)


async def keep_submission(case_id: int, round_: int, whole: dict[str, Any], at: datetime) -> None:
    """Freeze what was handed in, sealed."""
    text = json.dumps(whole, ensure_ascii=False)
    sealed = crypto.keys().encrypt(text, place=f"application_submission:{case_id}:{round_}")
    await db.execute(
        "INSERT INTO application_submission (application_id, round, sealed, submitted_at) VALUES ($1, $2, $3, $4)",
        case_id, round_, sealed, at,
    )  # fmt: skip


async def submissions(case_id: int) -> dict[int, dict[str, Any]]:
    """Give what was handed in, by round."""
    found = await db.rows("SELECT * FROM application_submission WHERE application_id = $1 ORDER BY round", case_id)
    keys = crypto.keys()
    return {
        row["round"]: json.loads(keys.decrypt(row["sealed"], place=f"application_submission:{case_id}:{row['round']}"))
        for row in found
    }


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in its slot. `page_files` are the pictures of its pages, made by the worker."""

    id: int
    slot: str
    file_id: int
    name: str
    pages: int
    page_files: tuple[int, ...]
    added_at: datetime
    round: int


async def materials(case_id: int) -> list[Upload]:
    """Give the files that lie in the slots now."""
    found = await db.rows(
        "SELECT * FROM application_material WHERE application_id = $1 AND removed_at IS NULL ORDER BY slot, id", case_id
    )
    return [_upload(row) for row in found]


def _upload(row: dict[str, Any]) -> Upload:
    pages = row["page_files"]
    pages = json.loads(pages) if isinstance(pages, str) else pages
    return Upload(
        row["id"], row["slot"], row["file_id"], row["name"], row["pages"], tuple(pages), row["added_at"], row["round"]
    )


async def material(material_id: int) -> tuple[int, Upload] | None:
    """Find one file by its id, with the case that it belongs to; taken-out files of a submission stay readable."""
    row = await db.row("SELECT * FROM application_material WHERE id = $1", material_id)
    return (row["application_id"], _upload(row)) if row else None


async def add_material(case_id: int, slot: str, file_id: int, name: str, pages: int, round_: int, at: datetime) -> int:
    """Put a file into a slot; return its id."""
    row = await db.row(
        "INSERT INTO application_material (application_id, slot, file_id, name, pages, page_files, added_at, round)"
        " VALUES ($1, $2, $3, $4, $5, '[]', $6, $7) RETURNING id",
        case_id, slot, file_id, name, pages, at, round_,
    )  # fmt: skip
    assert row is not None
    return int(row["id"])


async def remove_material(case_id: int, material_id: int, at: datetime) -> bool:
    """Take a file out of its slot; false when it isn't there."""
    sql = "UPDATE application_material SET removed_at = $3 WHERE id = $1 AND application_id = $2 AND removed_at IS NULL"
    return await db.execute(sql, material_id, case_id, at) == 1


async def keep_pages(material_id: int, page_files: list[int]) -> None:
    """Remember the pictures of a file's pages."""
    sql = "UPDATE application_material SET page_files = $2, pages = $3 WHERE id = $1"
    await db.execute(sql, material_id, json.dumps(page_files), len(page_files))
