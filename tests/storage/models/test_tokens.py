"""The hub's token: in the keyring, or nowhere."""

from __future__ import annotations

from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import PasswordDeleteError

from dalle_studio.core.errors import CannotWrite, InvalidRequest
from dalle_studio.storage.models.tokens import forget_token, keep_token, token


class MemoryKeyring(KeyringBackend):
    priority = 1.0  # pyright: ignore[reportAssignmentType, reportIncompatibleVariableOverride]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError


@pytest.fixture
def ring() -> Iterator[MemoryKeyring]:
    before, ring = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


def test_a_token_is_kept_and_forgotten(ring: MemoryKeyring) -> None:
    assert token() is None
    keep_token(" hf_secret\n")
    assert token() == "hf_secret" and list(ring.kept) == [("dalle-studio", "model hub")]
    forget_token()
    forget_token()
    assert token() is None


@pytest.mark.parametrize("text", ["", "  ", "two words", "schlüssel", "a\x00b"])
def test_not_everything_is_a_token(ring: MemoryKeyring, text: str) -> None:
    with pytest.raises(InvalidRequest):
        keep_token(text)
    assert not ring.kept


def test_without_a_keyring_there_is_no_token_and_another_way(ring: MemoryKeyring) -> None:
    keyring.set_keyring(NoKeyring())
    assert token() is None
    forget_token()
    with pytest.raises(CannotWrite) as caught:
        keep_token("hf_secret")
    assert "HF_TOKEN" in caught.value.remedy
    assert "hf_secret" not in f"{caught.value} {caught.value.details}"
