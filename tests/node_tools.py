"""What tests need from npm (tests/node/package.json). Without Node a test is skipped; in the pipeline it fails."""

import os
import shutil
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "node"
PACKAGES = FOLDER / "node_modules"


def node() -> str:
    """The program that runs JavaScript."""
    if shutil.which("node") is None:
        missing = "Node is missing. Install Node 20 or newer"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    return "node"


def njs() -> str:
    """The program that runs JavaScript as CloudFront's functions do, which were made from it."""
    if shutil.which("njs") is None:
        missing = "njs is missing. Install the package njs"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    return "njs"


def package(name: str) -> Path:
    """The folder of an installed package."""
    if shutil.which("node") is None or not (PACKAGES / name).is_dir():
        missing = f"{name} is missing. Install Node 20 or newer, then run make setup-dev"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    return PACKAGES / name


def command(package_name: str, program: str) -> list[str]:
    """What starts a program of a package."""
    return ["node", str(package(package_name) / program)]
