"""The real lexicon with the model that the site reads with."""

import pytest

from assistant.language.lexicon.loader import Lexicon
from assistant.snapshot.snapshot import Snapshot


@pytest.fixture(scope="session")
def lexicon(snapshot: Snapshot) -> Lexicon:
    return snapshot.lexicon
