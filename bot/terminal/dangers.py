"""Settings that are allowed and dangerous all the same: what `parley doctor` is red about, and what to do instead."""

import ipaddress
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from bot.config import Settings, is_loopback

# Made by IANA for examples, so nobody has a mailbox there, https://www.rfc-editor.org/rfc/rfc2606
_NOBODYS = ("example", "example.com", "example.net", "example.org", "test", "invalid", "localhost")
_EXAMPLE_POSTAL = "12 Fern Lane"
_FEWEST_LETTERS = 10  # different ones in a key: 32 random bytes in hex have 16, and hardly ever fewer than 12
_GUESSED = ("change", "secret", "password", "example", "parley", "12345", "abcdef", "qwert")
_ANYBODY = ("0.0.0.0", "::", "")  # noqa: S104 - looked for
_WIDEST = {4: 8, 6: 32}  # prefixes of networks; wider ones are not one's own proxies
_SHORTEST_SECRET = 16
_MOST_UNPROVEN = 20  # mails an hour; beyond that strangers can pester others with them
_SERVICES = ("slack_api_url", "telegram_api_url", "sendgrid_api_url", "stripe_api_url", "stripe_script_url")


def dangers(settings: Settings) -> Iterator[tuple[str, str]]:
    """The setting and what is wrong with it, for each that is dangerous."""
    for check in _CHECKS:
        yield from check(settings)


def public(settings: Settings) -> bool:
    """Whether others than this machine reach the web app."""
    web = settings.file.web
    return bool(web.public_url) or not is_loopback(web.host)


def _address(settings: Settings) -> Iterator[tuple[str, str]]:
    web = settings.file.web
    url = urlsplit(web.public_url)
    if url.scheme == "http" and not is_loopback(url.hostname or ""):
        yield (
            "web.public_url",
            "is not https: cookies are not Secure, links can be read on their way; put a proxy before",
        )
    if not web.public_url and not is_loopback(web.host):
        yield (
            "web.host",
            f"{web.host} is open to others without web.public_url: set that (https://…), or 127.0.0.1",
        )
    if url.scheme == "https" and not web.trusted_proxies:
        yield "web.trusted_proxies", "is empty: all visitors seem to come from your proxy and share its limits; name it"
    for network in map(ipaddress.ip_network, web.trusted_proxies):
        if network.prefixlen < _WIDEST[network.version]:
            yield "web.trusted_proxies", f"{network} lets anybody say who they are; name your own proxies only"


def _mailbox(settings: Settings) -> Iterator[tuple[str, str]]:
    if settings.secrets.demo_token is not None and (public(settings) or settings.secrets.database_url is not None):
        yield "PARLEY_DEMO_TOKEN", "belongs to `parley demo`, which shows everybody's mail; unset it"


def _keys(settings: Settings) -> Iterator[tuple[str, str]]:
    key, old = settings.secrets.email_hash_key, settings.secrets.email_hash_old_key
    if key is not None and _guessable(key.get_secret_value()):
        yield (
            "PARLEY_EMAIL_HASH_KEY",
            "can be guessed; make one as .env.example says and change to it as docs/privacy.md says",
        )
    if old is not None:
        same = key is not None and key.get_secret_value() == old.get_secret_value()
        how = "is the key of today" if same else "still signs links and cookies; a month after the change it has to go"
        yield "PARLEY_EMAIL_HASH_OLD_KEY", f"{how}: unset it"
    for name in ("telegram_webhook_secret", "nlu_token", "metrics_token"):
        secret = getattr(settings.secrets, name, None)
        if secret is not None and len(secret.get_secret_value()) < _SHORTEST_SECRET:
            yield f"PARLEY_{name.upper()}", f"is short: take {_SHORTEST_SECRET} random characters or more"


def _understanding(settings: Settings) -> Iterator[tuple[str, str]]:
    host = urlsplit(settings.nlu_url).hostname or ""
    if not is_loopback(host) and settings.secrets.nlu_token is None:
        yield (
            "PARLEY_NLU_TOKEN",
            f"is not set, and {host} is another machine: who reaches it there can change the model",
        )


def _services(settings: Settings) -> Iterator[tuple[str, str]]:
    for name in _SERVICES:
        url = urlsplit(getattr(settings.secrets, name) or "")
        if url.scheme == "http" and not is_loopback(url.hostname or ""):
            yield f"PARLEY_{name.upper()}", "is not https: tokens and messages can be read on their way"


def _metrics(settings: Settings) -> Iterator[tuple[str, str]]:
    metrics = settings.file.metrics
    if any((metrics.bot, metrics.worker, metrics.scheduler)) and metrics.host in _ANYBODY:
        yield (
            "metrics.host",
            "shows the shop's numbers to whoever asks; name 127.0.0.1 or an address of an inner network",
        )


def _mail(settings: Settings) -> Iterator[tuple[str, str]]:
    if not settings.mails_out:
        return
    mail = settings.file.mail
    for name, address in (("from_email", mail.from_email), ("marketing_email", mail.marketing_email)):
        domain = address.rpartition("@")[2]
        if any(domain == nobodys or domain.endswith(f".{nobodys}") for nobodys in _NOBODYS):
            yield f"mail.{name}", f"{domain} is an example; name an address that SendGrid has verified"
    if not mail.postal_address.strip() or _EXAMPLE_POSTAL in mail.postal_address:
        yield "mail.postal_address", "is not yours, and the law asks for it at the foot of marketing mail"
    if settings.secrets.sendgrid_webhook_key is None:
        yield (
            "PARLEY_SENDGRID_WEBHOOK_KEY",
            "is not set: nobody hears of bounces and complaints; docs/connecting.md says how",
        )


def _payments(settings: Settings) -> Iterator[tuple[str, str]]:
    key = settings.secrets.stripe_api_key
    if not settings.takes_cards or key is None:
        return
    if public(settings) and "_test_" in key.get_secret_value():
        yield (
            "PARLEY_STRIPE_API_KEY",
            "is one for tests: customers pay with cards that nobody has, and get their parcels",
        )
    if not settings.file.web.public_url:
        yield "web.public_url", "is empty: the links by which orders are paid lead to this machine only"


def _limits(settings: Settings) -> Iterator[tuple[str, str]]:
    most = settings.file.limits.unproven_mails_per_hour
    if most > _MOST_UNPROVEN:
        yield (
            "limits.unproven_mails_per_hour",
            f"{most} lets a stranger have the shop mail {most} others in an hour; take {_MOST_UNPROVEN} or fewer",
        )


def _staff(settings: Settings) -> Iterator[tuple[str, str]]:
    secrets, file = settings.secrets, settings.file
    if secrets.slack_bot_token is None and secrets.telegram_token is None:
        return
    if not file.roles.admin:
        yield "roles.admin", "is empty: nobody can run the shop or give roles; name yourself"
    if secrets.slack_bot_token is not None and not file.channels.support:
        yield "channels.support", "is empty: customers who ask for a person are heard by nobody; name a channel"


def _guessable(key: str) -> bool:
    return len(set(key)) < _FEWEST_LETTERS or any(word in key.lower() for word in _GUESSED)


_CHECKS: tuple[Callable[[Settings], Iterator[tuple[str, str]]], ...] = (
    _address,
    _mailbox,
    _keys,
    _understanding,
    _services,
    _metrics,
    _mail,
    _payments,
    _limits,
    _staff,
)
