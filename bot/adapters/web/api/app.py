"""The API as an app of its own, which the web app has at /api/v1."""

from functools import partial
from typing import Any

from fastapi import Depends, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles

from bot.adapters.web.api import answers
from bot.adapters.web.api.access import ApiParts, anybody
from bot.adapters.web.api.campaigns import campaigns
from bot.adapters.web.api.customers import customers
from bot.adapters.web.api.data_products import data_products
from bot.adapters.web.api.etags import ETags
from bot.adapters.web.api.inventory import inventory
from bot.adapters.web.api.metrics import metrics
from bot.adapters.web.api.problems import ProblemDetails, add_problems, described
from bot.adapters.web.api.products import products, recommendations
from bot.adapters.web.html import markup
from bot.phrases import api as phrases

PREFIX = "/api/v1"
VERSION = "1.0"


def make_api(parts: ApiParts) -> FastAPI:
    """The API; it opens nothing by itself."""
    api = FastAPI(
        title=f"{parts.shop.name}: API",
        version=VERSION,
        description=phrases.ABOUT,
        docs_url=None,
        redoc_url=None,
        servers=[{"url": PREFIX}],
        root_path_in_servers=False,
        generate_unique_id_function=lambda route: route.name,
    )
    api.state.parts = parts
    api.router.redirect_slashes = False
    add_problems(api)
    for router in (customers, products, recommendations, inventory, metrics, campaigns, data_products):
        api.include_router(router)

    @api.get("/health", tags=["health"], dependencies=[Depends(anybody)], responses=described(429, 503))
    def read_health(request: Request) -> answers.Health:
        """Whether the API answers; it needs no key."""
        with parts.unit_of_work() as uow:
            uow.supply.predicted()
        return answers.Health(status="ok", version=VERSION)

    @api.get("/docs", include_in_schema=False)
    def read_docs() -> HTMLResponse:
        return HTMLResponse(markup("api", title=api.title))

    api.mount("/docs", StaticFiles(packages=[("fastapi_swagger", "resources")]), name="swagger")
    api.add_middleware(ETags)
    api.openapi = partial(_description, api)  # type: ignore[method-assign]
    return api


def _description(api: FastAPI) -> dict[str, Any]:
    """The OpenAPI description, made when it is asked for first."""
    if api.openapi_schema is None:
        made = get_openapi(
            title=api.title,
            version=api.version,
            description=api.description,
            routes=api.routes,
            servers=api.servers,
            tags=api.openapi_tags,
        )
        problem = ProblemDetails.model_json_schema(ref_template="#/components/schemas/{model}")
        made["components"]["schemas"] |= problem.pop("$defs") | {"ProblemDetails": problem}
        api.openapi_schema = made
    return api.openapi_schema
