"""What a schema of single parameters cannot say: the facts of one request must not contradict each other."""

import schemathesis

from assistant.domain.vocabulary import PRINTED_DATES, UNKNOWN


@schemathesis.hook
def before_call(context, case, kwargs):
    """In what is meant to be right, state of a paper gives way to the date printed on it, unless one is unknown."""
    if not case.meta.generation.mode.is_positive:
        return
    body = case.body if isinstance(case.body, dict) else {}
    aside = (body.get("dialogue") or {}).get("aside", [])
    for facts in (case.query, body.get("facts"), *(person.get("facts") for person in aside)):
        if isinstance(facts, dict):
            for printed, state in PRINTED_DATES.items():
                if facts.get(printed, UNKNOWN) != UNKNOWN and facts.get(state, UNKNOWN) != UNKNOWN:
                    del facts[state]
