"""The Rasa model: trained, served, measured."""

from typing import Annotated

import typer

from bot.terminal.commands.common import ExistingFile, console, settings_of


def train() -> None:
    """Train the model if its data, configuration or components changed."""
    from nlu import server

    with console.status("Training") as status:
        result = server.train(lambda step: status.update(f"Training: {step}"))
    how = f"trained in {result.seconds:.0f} s" if result.trained else "the model is up to date; nothing to train"
    console.print(f"[green]✓[/] {how}")


def serve(
    context: typer.Context, interface: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1"
) -> None:
    """Run the Rasa server in the foreground; it is started again when it hangs. Others need PARLEY_NLU_TOKEN."""
    from bot.terminal.processes import check_port
    from nlu import server
    from nlu.supervising import Supervisor, local_url, supervise, understands

    settings = settings_of(context)
    port, token = settings.file.nlu.port, settings.nlu_token()
    check_port(interface, port)
    url = local_url(interface, port)
    supervise(
        Supervisor(
            lambda: server.serve(port, host=interface, token=token), lambda: understands(url, token), console.print
        )
    )


def evaluate(context: typer.Context, file: ExistingFile) -> None:
    """Measure how well the running model understands the messages of FILE (and of slots.jsonl beside it)."""
    from nlu.evaluating.evaluation import evaluate_file
    from nlu.rasa_client import RasaClient

    settings = settings_of(context)
    client = RasaClient(settings.nlu_url, token=settings.nlu_token(), timeout=10)
    evaluate_file(file, client, console)
