"""`make serve` as an owner meets it: it starts, it says what is in the way, and Ctrl-C ends all of it."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

import pytest

from cli.serve import watched
from tests.living_shop import free_port

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "cli", "serve"]


@pytest.mark.slow
def test_the_shop_starts_sells_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    port = free_port()
    with (tmp_path / "said").open("w") as said:
        process = subprocess.Popen(COMMAND, cwd=ROOT, env=environment(port, tmp_path), stdout=said, stderr=said)
        try:
            assert "Storm Petrel" in fetched(f"http://127.0.0.1:{port}/products/storm-petrel/")
            assert "There is nothing in it yet" in fetched(f"http://127.0.0.1:{port}/cart")
            assert "No mails yet" in fetched(f"http://127.0.0.1:{port}/_mail/")
            assert fetched(f"http://127.0.0.1:{port + 1}/")
        finally:
            process.send_signal(signal.SIGINT)
            try:
                assert process.wait(timeout=20) == 0, (tmp_path / "said").read_text()
            finally:
                process.kill()
    text = (tmp_path / "said").read_text()
    assert f"http://127.0.0.1:{port}/" in text
    assert "Traceback" not in text
    for closed in (port, port + 1):
        with pytest.raises(urllib.error.URLError):
            urllib.request.urlopen(f"http://127.0.0.1:{closed}/", timeout=2)


@pytest.mark.slow
@pytest.mark.parametrize("offset", [0, 1], ids=["the shop's port", "the stand-in's port"])
def test_a_busy_port_gets_one_clear_sentence(tmp_path: Path, offset: int) -> None:
    port = free_port()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port + offset))
        taken.listen()
        done = subprocess.run(
            COMMAND, cwd=ROOT, env=environment(port, tmp_path), capture_output=True, text=True, timeout=60, check=False
        )
    assert done.returncode == 1
    said = f"Port {port + offset} is in use. Close the other program, or take another port: PORT={port + 10} make serve"
    assert said in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_what_is_saved_during_the_first_build_is_built_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for changes then, and it takes long when all pictures must be made."""
    (tmp_path / "content").mkdir()
    monkeypatch.chdir(tmp_path)
    saved = watched()
    (tmp_path / "content/tern.md").write_text("early")
    threading.Timer(1, (tmp_path / "content/gull.md").write_text, ("late",)).start()
    assert {Path(path).name for path in next(saved)} == {"tern.md"}


def environment(port: int, var: Path) -> Mapping[str, str]:
    """A laptop's environment, with a port and a state folder of its own."""
    return {**os.environ, "PORT": str(port), "SHOP_VAR": str(var / "var")}


def fetched(url: str) -> str:
    """A page's text, as soon as it is served; a minute at most."""
    for _ in range(120):
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return str(answer.read().decode())
        except urllib.error.URLError:
            time.sleep(0.5)
    raise AssertionError(f"{url} was not served within a minute")
