"""The stand-in as a program of its own."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
import stripe

from functions.local.standin.__main__ import main


def test_it_says_where_it_is_answers_and_ends_when_told(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "functions.local.standin", "--port", "0"]
    words += ["--state", str(tmp_path / "payments.db"), "--shop-name", "Tern & Gale"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as program:
        try:
            assert program.stdout is not None
            said = program.stdout.readline()
            url = said.split()[3].rstrip(",")
            client = stripe.StripeClient("sk_test_1", base_addresses={"api": url})
            account = client.v1.accounts.retrieve_current()
            program.send_signal(signal.SIGINT)
            program.send_signal(signal.SIGTERM)
            _, complaints = program.communicate(timeout=10)
        finally:
            program.kill()
    assert (program.returncode, complaints) == (0, "")
    assert said == f"payment stand-in on {url}, no money moves\n"
    assert account.settings is not None
    assert account.settings.dashboard.display_name == "Tern & Gale"


def test_a_webhook_address_on_another_machine_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--port", "0", "--webhook-url", "https://example.com/hook", "--webhook-secret", "whsec_1"]
    assert main(words) == 2
    assert "this machine only, not to https://example.com/hook" in capsys.readouterr().err


def test_a_webhook_address_needs_a_secret(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--port", "0", "--webhook-url", "http://127.0.0.1:8000/stripe/events"]) == 2
    assert "belong together" in capsys.readouterr().err
