"""The user's token for the hub, in the system's keyring: never in a file of ours, a log or a message."""

from __future__ import annotations

import contextlib

from dalle_studio.core.errors import CannotWrite, InvalidRequest
from dalle_studio.core.sentence import say

SERVICE, ACCOUNT = "dalle-studio", "model hub"


def token() -> str | None:
    """The token that was kept; None where there is none, or no keyring that can be asked."""
    import keyring  # looks for the system's keyrings: not where nobody asks
    from keyring.errors import KeyringError

    with contextlib.suppress(KeyringError):
        return keyring.get_password(SERVICE, ACCOUNT)
    return None


def keep_token(text: str) -> None:
    """Keep a token instead of the one before.

    Raises:
        InvalidRequest: that is no token.
        CannotWrite: there is no keyring that takes it.
    """
    import keyring
    from keyring.errors import KeyringError

    cleaned = text.strip()
    if not cleaned.isascii() or not cleaned.isprintable() or not cleaned or " " in cleaned:
        raise InvalidRequest(
            say("That is no token."), say("Copy it from the hub's page of tokens: it begins with “hf_”.")
        )
    try:
        keyring.set_password(SERVICE, ACCOUNT, cleaned)
    except KeyringError as error:
        raise _no_keyring(error) from error


def forget_token() -> None:
    """Delete the token, if there is one. Raises CannotWrite where the keyring refuses."""
    import keyring
    from keyring.errors import KeyringError

    if token() is not None:
        try:
            keyring.delete_password(SERVICE, ACCOUNT)
        except KeyringError as error:
            raise _no_keyring(error) from error


def _no_keyring(error: Exception) -> CannotWrite:
    return CannotWrite(
        say("This system has no keyring that can be written to."),
        say("Unlock it, or put the token into the environment variable HF_TOKEN instead."),
        type(error).__name__,
    )
