"""The real lexicon, loaded once."""

from pathlib import Path

import pytest

from assistant.language.lexicon import Lexicon, load_lexicon

FOLDER = Path(__file__).parents[2] / "content" / "lexicon"


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon(FOLDER)
