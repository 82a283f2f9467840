"""A fetched page: its text, links and forms, and the rules that every page of ours keeps."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

VOID = {"base", "meta", "link", "input", "br", "img", "hr"}


class Page(HTMLParser):
    """Parses a page once; `keeps_house_rules` fails with what is wrong."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.unbalanced: list[str] = []
        self._texts: dict[str, list[str]] = {"title": [], "h1": [], "main": []}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.unbalanced.append(tag)

    def handle_data(self, data: str) -> None:
        for name, found in self._texts.items():
            if name in self.open:
                found.append(data)

    def text(self, name: str = "main") -> str:
        """Return the text inside ``title``, ``h1`` or ``main``, white space folded."""
        return " ".join("".join(self._texts[name]).split())

    def all(self, tag: str) -> list[dict[str, str]]:
        """Return the attributes of every such tag."""
        return [attrs for name, attrs in self.tags if name == tag]

    def links(self) -> list[str]:
        """Return the address of every link."""
        return [attrs["href"] for attrs in self.all("a") if "href" in attrs]

    def keeps_house_rules(self) -> None:
        """One h1, a language, unique ids, forms with an action, labels, nothing inline, balanced tags."""
        assert not self.unbalanced, f"unbalanced tags: {self.unbalanced}"
        assert self.all("html")[0].get("lang") in ("ja", "en")
        assert len(self.all("h1")) == 1, "exactly one h1"
        assert self.text("title"), "a title"
        ids = [attrs["id"] for _, attrs in self.tags if "id" in attrs]
        assert not [id for id, count in Counter(ids).items() if count > 1], "ids are unique"
        fors = {attrs["for"] for attrs in self.all("label") if "for" in attrs}
        assert fors <= set(ids), f"labels without a field: {fors - set(ids)}"
        for tag, attrs in self.tags:
            assert "style" not in attrs, f"inline style on {tag}"
            assert not [name for name in attrs if name.startswith("on")], f"inline script on {tag}"
            assert attrs.get("href", "").split(":")[0] != "javascript"
            if tag == "script":
                assert "src" in attrs or attrs.get("type") == "application/ld+json", "no script inline but data"
            if tag == "form":
                assert attrs.get("action") or attrs.get("method") == "get"
        described = {id for _, attrs in self.tags for id in attrs.get("aria-describedby", "").split()}
        assert described <= set(ids), f"aria-describedby leads nowhere: {described - set(ids)}"
