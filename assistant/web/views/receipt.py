"""Open a receipt: what was said, and whether it would be said now."""

from __future__ import annotations

from flask import Blueprint, current_app, request

from assistant.answers.opened_receipts import OpenedReceipt, open_receipt
from assistant.domain.encoding.receipt_code import BadReceipt
from assistant.web.http import request_facts
from assistant.web.http.locale import PREFIX
from assistant.web.jinja.environment import render_template

bp = Blueprint("receipt", __name__)


@bp.get(f"{PREFIX}/receipt")
def page(lang: str) -> tuple[str, int]:
    """Show the form, and the receipt whose code is in the address."""
    code = request.args.get("code", "")
    reading: OpenedReceipt | None = None
    mistaken = False
    if code:
        try:
            reading = open_receipt(request_facts.snapshot(), code, current_app.extensions["settings"].receipt_key, lang)
        except BadReceipt:
            mistaken = True
    html = render_template("pages/receipt.html", lang=lang, reading=reading, mistaken=mistaken)
    return html, 400 if mistaken else 200
