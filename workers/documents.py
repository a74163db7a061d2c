"""Jobs of the documents' queue."""

from portal.documents import making
from workers.registry import job


@job("document.issue", timeout=120, queue="documents")
async def issue(document_id: int) -> None:
    """Make one promised paper."""
    await making.issue(document_id)
