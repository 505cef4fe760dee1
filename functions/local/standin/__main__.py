"""`python -m functions.local.standin`: the payment stand-in as a program of its own."""

import argparse
import signal
import sys
from pathlib import Path

from .app import Settings, Standin
from .errors import ApiError

ENDINGS = (signal.SIGINT, signal.SIGTERM)


def main(words: list[str] | None = None) -> int:
    """`words` as on the command line. Returns the exit status."""
    arguments = _parser().parse_args(words)
    if bool(arguments.webhook_url) != bool(arguments.webhook_secret):
        return _fail("--webhook-url and --webhook-secret belong together; give both or neither")
    try:
        standin = Standin(_settings(arguments))
    except ApiError as problem:
        return _fail(problem.message)
    return _serve(standin)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m functions.local.standin", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8001)
    parser.add_argument("--state", type=Path, help="a file that keeps everything; without it, memory does")
    parser.add_argument("--webhook-url", help="where events go, such as http://127.0.0.1:8000/stripe/events")
    parser.add_argument("--webhook-secret", help="what events are signed with, whsec_…")
    parser.add_argument("--shop-name", default="Test shop")
    parser.add_argument("--settle-after", type=int, default=20, help="seconds until a delayed payment settles")
    return parser


def _settings(arguments: argparse.Namespace) -> Settings:
    return Settings(
        host=arguments.host,
        port=arguments.port,
        state=arguments.state,
        webhook_url=arguments.webhook_url,
        webhook_secret=arguments.webhook_secret,
        shop_name=arguments.shop_name,
        settle_after=arguments.settle_after,
    )


def _fail(message: str) -> int:
    sys.stderr.write(f"payment stand-in: {message}\n")
    return 2


def _serve(standin: Standin) -> int:
    """Until the first signal; Ctrl-C reaches the whole group and the shop then sends one of its own."""
    # Blocked here and in every thread, then waited for: a handler could be interrupted by the second signal midway.
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDINGS)
    standin.start()
    sys.stdout.write(f"payment stand-in on {standin.url}, no money moves\n")
    sys.stdout.flush()
    signal.sigwait(ENDINGS)
    standin.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
