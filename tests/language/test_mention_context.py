"""What stands around the names of things, one part at a time."""

import numpy as np

from assistant.language.classifiers.mention_context import MOST, surroundings
from assistant.language.lexicon.loader import Lexicon
from assistant.language.pipeline import by_rule
from assistant.language.utterance import read
from tests.conftest import TODAY


def around(text: str, lexicon: Lexicon):
    return by_rule(read(text, "ja", lexicon), TODAY, lexicon).around


def test_each_thing_has_its_own(lexicon: Lexicon) -> None:
    first, second = around("資格確認書を忘れて、お知らせの紙を持っています", lexicon)
    assert (first.item, second.item) == ("certificate", "notice")
    assert set(first.places) != set(second.places)


def test_what_the_model_learnt_tells_the_two_apart(lexicon: Lexicon) -> None:
    near = lexicon.model.nearness(around("資格確認書は家に忘れて、マイナンバーカードだけ持ってきました", lexicon))
    assert near["certificate"] < near["mynumber_card"]


def test_all_parts_weigh_the_same_however_long_the_text_is(lexicon: Lexicon) -> None:
    for text in ("資格確認書", "資格確認書を持っています。" * 3):
        for one in around(text, lexicon):
            assert np.isclose(np.square(one.weights).sum(), 4.0**2 + 1)  # the letters, and what the rules say


def test_things_named_after_many_others_are_left_out(lexicon: Lexicon) -> None:
    assert len(around("資格確認書と" * 30, lexicon)) == MOST


def test_no_thing_has_no_surroundings(lexicon: Lexicon) -> None:
    assert surroundings("病院に行きます", (), (), lexicon.vectors) == []
