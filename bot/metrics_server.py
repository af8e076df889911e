"""The numbers of a part that serves no pages, for Prometheus: GET /metrics on a port of its own."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import structlog
from prometheus_client import make_wsgi_app

log = structlog.get_logger()


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: a scrape every few seconds is no news."""


@contextmanager
def metrics_served(host: str, port: int) -> Iterator[None]:
    """Serves as long as it is open; port 0 is not served.

    A port that is taken, as by a second worker on this machine, is told in the log and keeps nobody from working.
    """
    server: WSGIServer | None = None
    try:
        if port:
            server = make_server(host, port, make_wsgi_app(), handler_class=_Quiet)
    except OSError:
        log.warning("metrics are not served: the port is taken", port=port)
    if server is None:
        yield
        return
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
