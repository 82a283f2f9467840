"""Write the outcome table, so that a change of rules shows in review as the situations it moves. Run: make table"""

from __future__ import annotations

from pathlib import Path

from assistant import paths
from assistant.content.rules import load_rules
from assistant.domain.survey.situations import outcome_table

TABLE = Path(__file__).parents[2] / "docs" / "outcome-table.txt"


def main() -> None:
    """Replace the file by what the rules say now."""
    book = load_rules(paths.CONTENT, [])
    assert book is not None
    TABLE.write_text("\n".join(outcome_table(book.rules)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
