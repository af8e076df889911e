"""The API's description: what it allows is answered as it says, what it does not is refused, and it is enough."""

import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
import uvicorn
from jsonschema import Draft202012Validator

from bot.config import ShopFile
from bot.terminal.run import web_server
from domain.records.api_keys import Scope
from nlu.processes import free_port
from storage.server import embedded
from tests.integration.test_api import predict_all
from tests.support.api import V1, AskedShop
from tests.support.databases import own_database

BIN = Path(sys.executable).parent
EXAMPLES = 30  # of each call, made up by the tool; what it derives from the description comes on top


@pytest.fixture(scope="module")
def shop(
    postgres: embedded.EmbeddedPostgres, built_shop: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[AskedShop]:
    with own_database(postgres, f"api_{uuid.uuid4().hex}", built_shop) as engine:
        shop = AskedShop(engine, tmp_path_factory.mktemp("images"))
        predict_all(shop)
        yield shop


@pytest.fixture(scope="module")
def address(shop: AskedShop) -> Iterator[str]:
    """Where the shop is served as `parley web` does."""
    port = free_port()
    server = uvicorn.Server(
        web_server(shop.app, "127.0.0.1", port, ShopFile.model_validate({"shop": {"name": "Test"}}))
    )
    serving = Thread(target=server.run, daemon=True)
    serving.start()
    while not server.started:
        serving.join(0.01)
    yield f"http://127.0.0.1:{port}{V1}"
    server.should_exit = True
    serving.join()


def test_no_call_breaks_its_description(shop: AskedShop, address: str, tmp_path: Path) -> None:
    secret = shop.secret(*Scope, name="all", per_minute=100_000)
    said = run(
        BIN / "schemathesis", "run", f"{address}/openapi.json", "--header", f"Authorization: Bearer {secret}",
        "--checks", "all", "--max-examples", str(EXAMPLES), "--seed", "1", "--no-color",
        "--generation-database", "none", "--suppress-health-check", "all",
        folder=tmp_path,
    )  # fmt: skip
    assert "Tested: 19" in said


def test_every_call_has_examples_that_keep_their_own_description(shop: AskedShop) -> None:
    described = shop.client().get("/openapi.json").json()
    shown = 0
    for path, calls in described["paths"].items():
        for call in calls.values():
            contents = [call["responses"]["200"]["content"]["application/json"]]
            contents += [call["requestBody"]["content"]["application/json"]] if "requestBody" in call else []
            for content in contents:
                for schema in content["schema"].get("anyOf", [content["schema"]]):
                    whole = described["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
                    assert whole["examples"], path
                    for one in whole["examples"]:
                        Draft202012Validator({**schema, "components": described["components"]}).validate(one)
                        shown += 1
    assert shown == 22


CLIENT = """
import sys
from parley_client import AuthenticatedClient
from parley_client.api.customers import list_customers, read_customer
from parley_client.api.recommendations import recommend_for_basket
from parley_client.models import AskedBasket

client = AuthenticatedClient(base_url=sys.argv[1], token=sys.argv[2])
best = list_customers.sync(client=client, limit=1).data[0]
one = read_customer.sync(best.customer, client=client)
assert (one.hashed_email, one.lifetime_net) == (best.hashed_email, best.lifetime_net)
told = recommend_for_basket.sync(client=client, body=AskedBasket(basket=["MUG"], limit=2))
print(one.customer, one.churn.probability, [companion.product.product_id for companion in told.data])
"""


def test_a_typed_client_made_of_it_reads_a_customer_and_posts_a_basket(
    shop: AskedShop, address: str, tmp_path: Path
) -> None:
    (tmp_path / "openapi.json").write_text(shop.client().get("/openapi.json").text)
    (tmp_path / "config.yml").write_text("project_name_override: parley-client\npackage_name_override: parley_client\n")
    run(BIN / "openapi-python-client", "generate", "--path", "openapi.json", "--config", "config.yml", folder=tmp_path)
    secret = shop.secret(Scope.CUSTOMERS, Scope.RECOMMENDATIONS, name="client")
    said = run(sys.executable, "-c", CLIENT, address, secret, folder=tmp_path / "parley-client")
    best = shop.client(secret).get("/customers", params={"limit": 1}).json()["data"][0]
    assert said.split() == [best["customer"], "0.2", "['PLATE',", "'TEAPOT']"]


def run(*command: str | Path, folder: Path) -> str:
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
