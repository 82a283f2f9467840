"""How long an answer may be kept: it follows from its address and the rules, or it is not kept at all."""

from __future__ import annotations

from flask import Response, request

from assistant.web.http.request_day import seconds_left

#: Seconds. After a change of the rules an old answer is served for no longer than this.
LONGEST = 300


def keep(response: Response, *, for_today: bool = False) -> Response:
    """Let anybody keep ``response`` and ask again by its ETag; one ``for_today`` is not kept past midnight in Japan."""
    response.cache_control.public = True
    response.cache_control.max_age = min(LONGEST, seconds_left()) if for_today else LONGEST
    response.cache_control.must_revalidate = True
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]


def keep_not(response: Response) -> Response:
    """Let nobody keep ``response``."""
    response.cache_control.no_store = True
    return response
