"""``python -m assistant`` is the same as ``madoguchi``."""

from assistant.cli import main

main()
