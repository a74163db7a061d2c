"""Evidence as pictures: a reviewer looks at pages, never opens a foreign file."""

from portal.base import files, uploads
from portal.base.db import tx
from portal.licensing.store import answers


async def picture(material_id: int) -> None:
    """Draw every page of an uploaded file once; a file that was drawn already is left alone."""
    found = await answers.material(material_id)
    if found is None or found[1].page_files:
        return
    content, _ = await files.content(found[1].file_id)
    pictures = [await uploads.page_picture(content, number) for number in range(found[1].pages)]
    kept = [await files.keep(each, "image/png") for each in pictures]
    async with tx():
        await answers.keep_pages(material_id, kept)
