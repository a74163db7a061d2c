"""Jobs of licence applications: pictures of evidence, certificates that are ready, a changed calendar."""

from portal.base import clock
from portal.licensing.service import evidence, ticking
from workers.registry import job


@job("material.picture", timeout=120, queue="documents")
async def picture(material_id: int) -> None:
    """Make the pictures of an uploaded file's pages."""
    await evidence.picture(material_id)


@job("application.issued")
async def issued(application_id: int) -> None:
    """Close a granted case whose certificates are made."""
    await ticking.issued(application_id, clock.now())


@job("calendar.changed", timeout=60)
async def calendar_changed(**_: object) -> None:
    """Count every running limit anew."""
    await ticking.recount_all(clock.now())
