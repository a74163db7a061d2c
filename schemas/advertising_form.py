"""An advertisement as people hand it in on the page: pasted, or as a PDF."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from schemas.advertising import LONGEST_TEXT
from schemas.schedule_form import Programmes, no_surrogate


class AdvertisementTyped(BaseModel):
    """A text, and the programmes of the licence to compare it with."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    text: Annotated[str, Field(max_length=LONGEST_TEXT), AfterValidator(no_surrogate)] = Field(
        default="", title="广告文字"
    )
    licence: Programmes = Field(default=(), title="许可证上的培训项目")
