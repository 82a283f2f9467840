"""Searching finds the right document, says why, and holds under hostile text and many threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.search import Document, Searcher, build, excerpt, open_index, storage
from tests.search.conftest import DOCUMENTS, SYNONYMS


def first(searcher: Searcher, query: str, lang: str) -> str | None:
    hits = searcher.search(query, lang)
    return hits[0].id if hits else None


@pytest.mark.parametrize(
    ("query", "lang", "id"),
    [
        ("カードをなくした", "ja", "lost"),
        ("紛失", "ja", "lost"),
        ("暗証番号 忘れ", "ja", "pin"),
        ("ｼｶｸ確認書の更新", "ja", "renewal"),
        ("療養費", "ja", "refund"),
        ("あんしょうばんごうをわすれました", "ja", "pin"),
        ("しかくかくにんしょ", "ja", "renewal"),
        ("LOST CARDS", "en", "lost"),
        ("renewing certificates", "en", "renewal"),
        ("how do I get my payment back", "en", "refund"),
    ],
)
def test_the_best_document_comes_first(searcher: Searcher, query: str, lang: str, id: str) -> None:
    assert first(searcher, query, lang) == id


@pytest.mark.parametrize(("query", "lang", "id"), [("刷新", "ja", "renewal"), ("pensioner card", "en", "renewal")])
def test_our_synonyms_find_what_the_pages_call_it(searcher: Searcher, query: str, lang: str, id: str) -> None:
    assert id in {hit.id for hit in searcher.search(query, lang)}
    assert id not in {hit.id for hit in build(DOCUMENTS).search(query, lang)}


def test_an_english_synonym_counts_only_where_it_stands_alone(searcher: Searcher) -> None:
    assert "renewal" not in {hit.id for hit in searcher.search("pensioner cardigan", "en")}


def test_a_word_in_the_question_counts_more_than_in_the_body() -> None:
    documents = [
        Document("body", "en", "Something else", body="The clinic reader is broken."),
        Document("question", "en", "The clinic reader is broken", body="Something else."),
        Document("neither", "en", "Third", body="Nothing of that."),
    ]
    assert [hit.id for hit in build(documents).search("clinic reader", "en")] == ["question", "body"]


def test_ties_keep_the_order_of_the_documents() -> None:
    documents = [Document(id, "en", "The same question", body="The same answer.") for id in "dacb"]
    assert [hit.id for hit in build(documents).search("same question", "en")] == ["d", "a", "c", "b"]


def test_languages_are_kept_apart(searcher: Searcher) -> None:
    assert searcher.search("certificate", "ja") == ()
    assert searcher.search("card", "fr") == ()
    assert searcher.suggest("card", "fr") is None


def test_limit_bounds_the_hits(searcher: Searcher) -> None:
    assert len(searcher.search("カード 番号 更新 全額", "ja", limit=2)) == 2


@pytest.mark.parametrize("query", ["", "   ", "。、！", "\x00\u200b", "量子力学"])
def test_nothing_to_find_gives_nothing(searcher: Searcher, query: str) -> None:
    assert searcher.search(query, "ja") == ()


def test_a_hit_names_the_words_that_matched(searcher: Searcher) -> None:
    hit = searcher.search("暗証番号を忘れた", "ja")[0]
    assert hit.matched == ("暗証", "番号", "忘れ")


def test_a_hit_that_matched_by_a_synonym_names_the_documents_word(searcher: Searcher) -> None:
    hit = next(hit for hit in searcher.search("刷新", "ja") if hit.id == "renewal")
    assert hit.matched == ("更新",)


def test_the_excerpt_marks_words_of_the_document(searcher: Searcher) -> None:
    hit = searcher.search("telephone", "en")[0]
    pieces = excerpt(hit.text, hit.forms)
    assert [piece.text for piece in pieces if piece.marked] == ["telephone"]
    assert "".join(piece.text for piece in pieces).startswith("Stop it by telephone at once.")


def test_a_question_asked_nearly_in_its_own_words_may_stand_alone(searcher: Searcher) -> None:
    assert searcher.search("暗証番号を忘れました", "ja")[0].confident
    assert searcher.search("Do I have to renew the certificate?", "en")[0].confident


@pytest.mark.parametrize(("query", "lang"), [("カード", "ja"), ("手続き", "ja"), ("card", "en")])
def test_one_common_word_is_no_reason_to_be_sure(searcher: Searcher, query: str, lang: str) -> None:
    assert not any(hit.confident for hit in searcher.search(query, lang))


def test_syntax_of_query_languages_is_only_text(searcher: Searcher) -> None:
    plain = searcher.search("card", "en")
    assert searcher.search("card*) OR id:[a TO z] ^9 ~", "en")[0].id == plain[0].id
    assert searcher.search("*", "en") == searcher.search("?????", "en") == ()


@settings(max_examples=150, deadline=None)
@given(st.text(), st.sampled_from(["ja", "en"]))
def test_any_text_is_answered(searcher: Searcher, query: str, lang: str) -> None:
    hits = searcher.search(query, lang)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(hit.score > 0 for hit in hits)
    searcher.suggest(query, lang)


def test_threads_share_a_searcher(searcher: Searcher) -> None:
    queries = ["カードをなくした", "暗証番号", "しかくかくにんしょ", "全額"] * 50
    alone = [searcher.search(query, "ja") for query in queries]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda query: searcher.search(query, "ja"), queries)) == alone


def test_an_index_on_disk_answers_like_one_in_memory(searcher: Searcher, tmp_path: Path) -> None:
    written = build(DOCUMENTS, tmp_path / "index", synonyms=SYNONYMS)
    opened = open_index(tmp_path / "index")
    for query, lang in (("カードをなくした", "ja"), ("刷新", "ja"), ("しかくかくにん", "ja"), ("card lost", "en")):
        assert opened.search(query, lang) == written.search(query, lang) == searcher.search(query, lang)


def test_what_is_kept_beside_the_index_is_what_the_index_says(tmp_path: Path) -> None:
    written = storage.write(DOCUMENTS, SYNONYMS, tmp_path)
    assert any(pairs for terms in written.postings.values() for pairs in terms.values())
    assert storage.read(tmp_path) == written
    (tmp_path / "postings.json").unlink()
    assert storage.read(tmp_path) == written


def test_an_open_searcher_needs_its_files_no_more(tmp_path: Path) -> None:
    build(DOCUMENTS, tmp_path)
    opened = open_index(tmp_path)
    for file in tmp_path.iterdir():
        file.unlink()
    assert first(opened, "暗証番号", "ja") == "pin"


def test_a_directory_in_use_is_refused(tmp_path: Path) -> None:
    build(DOCUMENTS, tmp_path)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(FileExistsError, match="not empty"):
        build(DOCUMENTS, tmp_path)
    assert sorted(tmp_path.iterdir()) == before


def test_no_documents_make_a_searcher_that_finds_nothing() -> None:
    assert build([]).search("card", "en") == ()


def test_a_few_letters_in_common_are_no_match(searcher: Searcher) -> None:
    assert searcher.search("weather forecast", "en") == ()


def test_builds_at_one_time_do_not_disturb_each_other() -> None:
    with ThreadPoolExecutor(4) as pool:
        built = list(pool.map(lambda _: build(DOCUMENTS), range(12)))
    assert {first(searcher, "暗証番号", "ja") for searcher in built} == {"pin"}


def test_a_build_in_memory_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    build(DOCUMENTS)
    assert list(tmp_path.iterdir()) == []


def test_a_directory_holds_the_index_and_no_scratch_files(tmp_path: Path) -> None:
    build(DOCUMENTS, tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.is_dir() or "tmp" in path.name] == []
