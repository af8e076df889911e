"""How the API says no: problem details (RFC 9457), each with what to do next."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from bot.phrases import api as phrases
from domain.errors import Away, Busy

SOON = {"Retry-After": "5"}
MEDIA_TYPE = "application/problem+json"


class Fault(BaseModel):
    """One thing that is wrong with what was sent."""

    where: str = Field(description="Which part of the request, such as query.limit.")
    what: str = Field(description="What is wrong with it.")


class ProblemDetails(BaseModel):
    """What went wrong, as RFC 9457 has it; `detail` says what to do next."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "about:blank",
                    "title": "Not Found",
                    "status": 404,
                    "detail": "There is no product “MUG-GREEN”. GET /api/v1/products lists them.",
                    "faults": [],
                }
            ]
        }
    )

    type: str = Field("about:blank", description="A kind of problem; about:blank where the status says all.")
    title: str = Field(description="The status in words.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="What happened, and what to do next.")
    faults: list[Fault] = Field(default=[], description="Each thing that is wrong with the request (422).")


class Problem(Exception):
    """A request that is not answered; nothing was changed."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status, self.detail, self.headers = status, detail, headers


def described(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What the OpenAPI page says of these statuses."""
    schema = {"$ref": "#/components/schemas/ProblemDetails"}
    return {
        status: {"description": phrases.STATUS[status], "content": {MEDIA_TYPE: {"schema": schema}}}
        for status in statuses
    }


def answered(
    status: int, detail: str, headers: Mapping[str, str] | None = None, faults: Sequence[Fault] = ()
) -> JSONResponse:
    """A problem as it is sent."""
    body = ProblemDetails(title=phrases.TITLE[status], status=status, detail=detail, faults=list(faults))
    said = {"Cache-Control": "no-store", **(headers or {})}
    return JSONResponse(body.model_dump(), status_code=status, headers=said, media_type=MEDIA_TYPE)


def add_problems(app: FastAPI) -> None:
    """Has every failure answered as a problem."""
    for kind in (Problem, RequestValidationError, HTTPException, Busy):
        app.add_exception_handler(kind, _answer)


async def _answer(request: Request, error: Exception) -> JSONResponse:
    match error:
        case Problem(status=status, detail=detail, headers=headers):
            return answered(status, detail, headers)
        case RequestValidationError():
            faults = [Fault(where=".".join(map(str, one["loc"])), what=str(one["msg"])) for one in error.errors()]
            return answered(422, phrases.invalid(count=len(faults)), faults=faults)
        case HTTPException(status_code=status, headers=headers):  # an address or a method that is not there
            return answered(status, phrases.REFUSED.get(status, phrases.UNREADABLE), headers)
        case Away():
            return answered(503, phrases.AWAY, SOON)
    return answered(503, phrases.BUSY, SOON)
