"""The real lexicon with the model that the site reads with."""

import pytest

from assistant.conversation.snapshot import Snapshot
from assistant.language.lexicon import Lexicon


@pytest.fixture(scope="session")
def lexicon(snapshot: Snapshot) -> Lexicon:
    return snapshot.lexicon
