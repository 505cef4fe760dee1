"""Errors in Stripe's form, so that the `stripe` library raises its own classes."""

from http import HTTPStatus
from typing import Any


class ApiError(Exception):
    """An answer other than 200: its HTTP status and what stands in Stripe's `error` object.

    `stored` says whether the answer is kept for its idempotency key. Stripe keeps what happened once an endpoint
    had begun its work, not what validation refused before.
    """

    def __init__(
        self,
        status: int,
        kind: str,
        message: str,
        *,
        code: str | None = None,
        param: str | None = None,
        stored: bool = False,
        retry: bool | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.kind = kind
        self.message = message
        self.code = code
        self.param = param
        self.stored = stored
        self.retry = retry

    def body(self) -> dict[str, Any]:
        facts = {"type": self.kind, "message": self.message, "code": self.code, "param": self.param}
        return {"error": {name: fact for name, fact in facts.items() if fact is not None}}

    def headers(self) -> dict[str, str]:
        return {} if self.retry is None else {"Stripe-Should-Retry": str(self.retry).lower()}


def invalid(message: str, *, param: str | None = None, code: str | None = None) -> ApiError:
    """A request refused before anything ran."""
    return ApiError(HTTPStatus.BAD_REQUEST, "invalid_request_error", message, param=param, code=code)


def refused(message: str, *, param: str | None = None, code: str | None = None) -> ApiError:
    """A sound request that the state of things does not allow, such as a refund above the charge."""
    status = HTTPStatus.BAD_REQUEST
    return ApiError(status, "invalid_request_error", message, param=param, code=code, stored=True)


def not_imitated(what: str, param: str) -> ApiError:
    """Stripe can do this and the stand-in cannot: better refused than quietly different."""
    return invalid(f"The payment stand-in does not imitate {what}; leave {param} out.", param=param)


def missing(param: str) -> ApiError:
    return invalid(f"Missing required param: {param}.", param=param, code="parameter_missing")


def no_such(kind: str, name: str, param: str = "id") -> ApiError:
    message = f"No such {kind}: '{name}'"
    status = HTTPStatus.NOT_FOUND
    return ApiError(status, "invalid_request_error", message, code="resource_missing", param=param)


def no_such_address(method: str, path: str) -> ApiError:
    message = f"Nothing answers {method} {path} here; the stand-in has only the part of Stripe that the shop uses."
    return ApiError(HTTPStatus.NOT_FOUND, "invalid_request_error", message, code="url_invalid")


def unauthorised(message: str) -> ApiError:
    return ApiError(HTTPStatus.UNAUTHORIZED, "invalid_request_error", message)


def too_many() -> ApiError:
    message = "Too many requests in a short time; try again later."
    return ApiError(HTTPStatus.TOO_MANY_REQUESTS, "invalid_request_error", message, code="rate_limit")


def key_in_use(key: str) -> ApiError:
    message = f"Another request with the idempotency key '{key}' has not finished yet."
    code = "idempotency_key_in_use"
    return ApiError(HTTPStatus.CONFLICT, "idempotency_error", message, code=code, retry=True)


def key_reused(key: str) -> ApiError:
    message = f"The idempotency key '{key}' was first used with another address or other parameters."
    return ApiError(HTTPStatus.BAD_REQUEST, "idempotency_error", message)


def broken(message: str = "An error occurred inside Stripe.") -> ApiError:
    """The 500 that the control asks for; kept for the key, so a retry with the same key meets it again."""
    return ApiError(HTTPStatus.INTERNAL_SERVER_ERROR, "api_error", message, stored=True, retry=False)
