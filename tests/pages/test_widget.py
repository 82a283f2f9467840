"""The widget without JavaScript: the conversation stays in the frame, and only the widget may be framed."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_conversation_stays_in_the_frame(page, lang):
    """Sentence, question, verdict: every form leads back to the widget, no cookie is set."""
    said = {"ja": "資格確認書で病院に行けますか", "en": "Can I use my eligibility certificate?"}[lang]
    asked = page(f"/{lang}/widget", data={"text": said})
    forms = asked.all("form")
    assert len(forms) == 3
    assert {(form["action"], form["target"]) for form in forms} == {(f"/{lang}/widget#log", "_self")}
    facts = {field["name"]: field["value"] for field in asked.all("input") if field.get("type") == "hidden"}
    told = page(f"/{lang}/widget", data={**facts, "certificate": "expired", "step": "certificate"})
    assert {"ja": "いったん全額", "en": "Full cost first"}[lang] in told.text()
    assert "data-copy" not in told.html


def test_nothing_said_is_a_mistake_with_a_way_on(page):
    """As on the front page."""
    found = page("/en/widget", 400, data={"text": " "})
    assert found.text("title").startswith("Error:")
    assert "#text" in found.links()


def test_only_the_widget_may_be_framed(client):
    """Everything else about it is as strict."""
    framed, plain = client.get("/ja/widget"), client.get("/ja/")
    ours = framed.headers["Content-Security-Policy"]
    assert ours == plain.headers["Content-Security-Policy"].replace("frame-ancestors 'none'", "frame-ancestors *")
    assert "X-Frame-Options" not in framed.headers
    assert "Set-Cookie" not in framed.headers
    for path in ("/ja/check", "/en/desk", "/ja/faq", "/nowhere", "/api/v1/check"):
        assert "frame-ancestors 'none'" in client.get(path).headers["Content-Security-Policy"]


def test_the_script_may_be_loaded_by_others(client):
    """It alone: other scripts stay ours."""
    with client.get("/embed.js") as script, client.get("/static/js/chat.js") as other:
        assert script.mimetype == "text/javascript"
        assert script.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert other.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "frame-ancestors 'none'" in other.headers["Content-Security-Policy"]
        for word in ("document.cookie", "localStorage", "sessionStorage", "fetch("):
            assert word not in script.text
