"""A handful of documents of our own, in both languages."""

from __future__ import annotations

import pytest

from assistant.search import Document, Searcher, build

SYNONYMS = {"刷新": ("更新",), "pensioner card": ("certificate",)}

DOCUMENTS = (
    Document(
        "lost",
        "ja",
        "カードをなくしたらどうすればいいですか",
        asked=("カードを紛失しました",),
        lead="すぐに電話で止めてください。",
        body="すぐに電話で止めてください。そのあと役所で再発行を申し込みます。",
    ),
    Document(
        "pin",
        "ja",
        "暗証番号を忘れました",
        lead="顔認証で受付できます。",
        body="顔認証で受付できます。暗証番号は役所の窓口で設定し直せます。",
    ),
    Document(
        "renewal",
        "ja",
        "資格確認書の更新に手続きはいりますか",
        lead="手続きはいりません。",
        body="手続きはいりません。有効期限が来る前に新しい書類が届きます。マイナポータルでも確認できます。",
    ),
    Document("refund", "ja", "全額払ったお金は戻りますか", lead="戻ります。", body="保険者に療養費を申請します。"),
    Document(
        "lost",
        "en",
        "I lost my card. What should I do?",
        asked=("my card was stolen",),
        lead="Stop it by telephone at once.",
        body="Stop it by telephone at once. Then ask the municipal office for a new card.",
    ),
    Document(
        "renewal",
        "en",
        "Do I have to renew the certificate?",
        lead="No application is needed.",
        body="No application is needed. A new certificate arrives before the old one expires.",
    ),
    Document("refund", "en", "Can I get the full payment back?", lead="Yes.", body="Yes. Apply to your insurer."),
)


@pytest.fixture(scope="session")
def searcher() -> Searcher:
    return build(DOCUMENTS, synonyms=SYNONYMS)
