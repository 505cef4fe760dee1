"""Webhook endpoints: where events are sent. Only this machine can be one."""

from urllib.parse import urlsplit

from stripe import api_version

from . import errors, listing
from .account import Account
from .identifiers import new_id, new_secret
from .metadata import cleaned, merged
from .store import Json

LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})


def create(account: Account, params: Json) -> Json:
    """The answer is the only one that shows the secret."""
    if params.get("api_version", api_version) != api_version:
        raise errors.not_imitated(f"any API version but {api_version}", "api_version")
    secret = new_secret("whsec")
    endpoint = _endpoint(account, new_id("we"), params)
    account.store.add("webhook_endpoint", endpoint, notes={"secret": secret})
    return endpoint | {"secret": secret}


def register(account: Account, url: str, secret: str, name: str = "we_commandline") -> Json:
    """The endpoint from the command line: the same name at each start, so that it is never there twice."""
    with account.store.transaction():
        account.store.delete(name)
        endpoint = _endpoint(account, name, {"url": url, "enabled_events": ["*"]})
        return account.store.add("webhook_endpoint", endpoint, notes={"secret": secret})


def _endpoint(account: Account, name: str, params: Json) -> Json:
    return {
        "id": name,
        "object": "webhook_endpoint",
        "api_version": params.get("api_version"),
        "application": None,
        "created": account.clock.now(),
        "description": params.get("description") or None,
        "enabled_events": _events(params["enabled_events"]),
        "livemode": False,
        "metadata": cleaned(params.get("metadata")),
        "status": "enabled",
        "url": local_url(params["url"]),
    }


def _events(names: list[str]) -> list[str]:
    if not names:
        raise errors.invalid("Name at least one event, or '*'.", param="enabled_events")
    return names


def local_url(url: str) -> str:
    """`url`, if it leads to this machine over plain HTTP. Raises ApiError otherwise."""
    if not _is_local(url):
        advice = "write one like http://127.0.0.1:8000/stripe/events"
        raise errors.invalid(
            f"The payment stand-in sends webhooks to this machine only, not to {url}; {advice}.",
            param="url",
            code="url_invalid",
        )
    return url


def _is_local(url: str) -> bool:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    return parts.scheme == "http" and parts.hostname in LOCAL_HOSTS and port != 0


def retrieve(account: Account, _params: Json, name: str) -> Json:
    return account.require("webhook_endpoint", name)


def page(account: Account, params: Json) -> Json:
    return listing.page(account, "webhook_endpoint", "/v1/webhook_endpoints", params)


def update(account: Account, params: Json, name: str) -> Json:
    endpoint = account.require("webhook_endpoint", name)
    facts: Json = {}
    if "url" in params:
        facts["url"] = local_url(params["url"])
    if "enabled_events" in params:
        facts["enabled_events"] = _events(params["enabled_events"])
    if "description" in params:
        facts["description"] = params["description"] or None
    if "disabled" in params:
        facts["status"] = "disabled" if params["disabled"] else "enabled"
    facts["metadata"] = merged(endpoint["metadata"], params.get("metadata"))
    return account.change(endpoint, **facts)


def delete(account: Account, _params: Json, name: str) -> Json:
    account.require("webhook_endpoint", name)
    account.store.delete(name)
    return {"id": name, "object": "webhook_endpoint", "deleted": True}


def subscribed(endpoint: Json, kind: str) -> bool:
    if endpoint["status"] != "enabled":
        return False
    return "*" in endpoint["enabled_events"] or kind in endpoint["enabled_events"]
