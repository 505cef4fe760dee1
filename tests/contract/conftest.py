"""One emulator of AWS for all contract tests of a worker."""

from collections.abc import Iterator

import pytest

from tests.emulator import aws_settings, running_emulator


@pytest.fixture(scope="session")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the emulator, which boto3 finds by itself, in this process and in those that it starts."""
    with running_emulator(tmp_path_factory.mktemp("aws")) as address, pytest.MonkeyPatch.context() as environment:
        for name, value in aws_settings(address).items():
            environment.setenv(name, value)
        yield address
