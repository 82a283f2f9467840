"""``python -m assistant`` is the same as ``madoguchi``."""

from assistant.cli.main import main

main()
