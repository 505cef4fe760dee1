"""The headers that every page of the shop carries, static or not."""

SEARCH = "/search/pagefind/"  # where the build puts the search index and what reads it
SEARCH_WORKER = f"{SEARCH}worker.js"
DOWNLOAD = "/download/"


def headers_for(path: str, payment_origin: str, *, https: bool, files_origin: str = "") -> dict[str, str]:
    """Security headers of one address, by name.

    The search runs compiled code, and only in its worker. A worker's policy is the one that its own script comes with,
    so no page has to allow that. The form of a page with a file may lead to where large files are: browsers ask the
    policy of a form's page about redirects too.
    """
    forms = f"{payment_origin} {files_origin}".strip() if path.startswith(DOWNLOAD) else payment_origin
    headers = security_headers(forms, https=https)
    return headers | {"Content-Security-Policy": _WORKER_POLICY} if path == SEARCH_WORKER else headers


def security_headers(form_origins: str, *, https: bool) -> dict[str, str]:
    """Security headers by name. A form may lead to this shop and to these places only (R30).

    The referrer policy is same-origin and not no-referrer: with the latter a browser sends `Origin: null` with our own
    forms, and foreign forms could not be told from them.
    """
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
        f"form-action 'self' {form_origins}"
    )
    headers = {
        "Content-Security-Policy": policy,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
    return headers | ({"Strict-Transport-Security": "max-age=31536000"} if https else {})


_WORKER_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
