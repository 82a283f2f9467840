"""What speaks for a document before anything is asked, and that slips are righted before the search."""

from __future__ import annotations

from dataclasses import replace

from assistant.search import DESK, PATIENT, Document, Searcher, build
from assistant.search.ranking.bm25f import rank_fields, word_fields
from assistant.search.ranking.ranking_weights import WEIGHTS
from assistant.search.storage import write

TITLE = "Where do I show the certificate?"


def test_what_others_lead_to_comes_before_its_equal() -> None:
    documents = [
        Document("leaf", "en", TITLE),
        Document("hub", "en", TITLE),
        Document("third", "en", "Opening hours", related=("hub",)),
    ]
    assert [hit.id for hit in build(documents).search("show certificate", "en")] == ["hub", "leaf"]


def test_each_reader_has_the_documents_written_for_them_first() -> None:
    documents = [
        Document("desk", "en", TITLE, readers=(DESK,)),
        Document("patient", "en", TITLE, readers=(PATIENT,)),
        Document("both", "en", TITLE, readers=(PATIENT, DESK)),
    ]
    searcher = build(documents)
    assert [hit.id for hit in searcher.search("show certificate", "en")] == ["patient", "both", "desk"]
    at_desk = searcher.search("show certificate", "en", reader=DESK)
    assert [hit.id for hit in at_desk] == ["desk", "both", "patient"]


def test_a_word_that_stands_everywhere_keeps_the_least_rarity() -> None:
    everywhere = [Document(str(n), "en", f"Certificate {n}", body="The certificate.") for n in range(9)]
    contents = write(everywhere, {}, None)
    least = rank_fields(9, contents.postings, word_fields(WEIGHTS), WEIGHTS.floor).rarity_of("certif")
    assert least == WEIGHTS.floor > rank_fields(9, contents.postings, word_fields(WEIGHTS)).rarity_of("certif")
    with_floor, without = (Searcher(contents, replace(WEIGHTS, floor=floor)) for floor in (WEIGHTS.floor, 0.0))
    assert with_floor.search("certificate", "en")[0].score > without.search("certificate", "en")[0].score


def test_an_unknown_word_is_corrected_even_when_another_is_found() -> None:
    documents = [
        Document("certificate", "en", "Where do I show the certificate?", body="At the clinic."),
        Document("clinic", "en", "When does the clinic open?", body="The clinic opens at nine. The clinic is near."),
    ]
    searcher = build(documents)
    assert searcher.search("certifcate clinic", "en")[0].id == "certificate"
    assert searcher.search("certifcate clinic", "en") == searcher.search("certificate clinic", "en")


def test_one_of_the_ways_to_ask_said_whole_beats_its_words_over_several() -> None:
    documents = [
        Document("spread", "en", "Opening hours", asked=("a lost hat", "my green card")),
        Document("whole", "en", "Opening hours", asked=("a lost card", "my green hat")),
    ]
    assert build(documents).search("card lost", "en")[0].id == "whole"
