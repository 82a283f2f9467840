"""Whose papers are spoken of: persons as closed codes, no names."""

from __future__ import annotations

from typing import Final

SELF: Final = "self"
CHILD: Final = "child"


#: Which of several children.
CHILDREN: Final = ("baby", "elder_child", "younger_child")


#: All who may be meant by going back to «the child».
OFFSPRING: Final = (CHILD, "son", "daughter", *CHILDREN, "grandchild")


#: Persons that the words of ``people.toml`` name; at a desk ``self`` is the patient spoken of first.
NAMED: Final = (
    SELF,
    "mother",
    "father",
    "parent",
    "wife",
    "husband",
    "partner",
    "son",
    "daughter",
    CHILD,
    *CHILDREN,
    "grandchild",
    "grandmother",
    "grandfather",
    "sibling",
    "relative",
    "friend",
    "person_a",
    "person_b",
    "person_c",
)


#: Those that come one after the other without a name: «the next patient».
NEXT: Final = ("next_2", "next_3", "next_4", "next_5")
PEOPLE: Final = (*NAMED, *NEXT)
