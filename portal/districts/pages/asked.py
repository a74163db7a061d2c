"""What an address asks for by its query; what makes no sense there asks for everything."""

from typing import TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import Request

M = TypeVar("M", bound=BaseModel)


def asked(request: Request, model: type[M]) -> M:
    """The filters of the address, without those left empty."""
    try:
        return model.model_validate({name: value for name, value in request.query_params.items() if value})
    except ValidationError:
        return model()
