"""Japanese in Latin letters is read as Japanese; English is left alone."""

from __future__ import annotations

import pytest

from assistant.language.text.romaji import in_kana


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("shikaku kakuninsho dake motte ikimasu", "しかく かくにんしょ だけ もって いきます"),
        ("mai nanbaa kaado wa arimasu", "まい なんばー かーど は あります"),
        ("hokensho wo wasuremashita", "ほけんしょう を わすれました"),
        ("obaasan wa 80 sai desu", "おばあさん は 80 さい です"),
        ("card dake motte imasu", "card だけ もって います"),
        ("資格確認書 dake motte ikimasu", "資格確認書 だけ もって いきます"),
    ],
)
def test_words_of_japanese_become_kana(written: str, meant: str) -> None:
    """Particles by their use, long vowels with a bar, other words as they are."""
    assert in_kana(written) == meant


@pytest.mark.parametrize(
    "text",
    [
        "i applied for my number card, it has not come yet",
        "can i go to the clinic with my shikaku kakuninsho tomorrow?",
        "no one made a date to take me home",
    ],
)
def test_other_text_stays(text: str) -> None:
    """A single Japanese word makes no Japanese sentence."""
    assert in_kana(text) == text
