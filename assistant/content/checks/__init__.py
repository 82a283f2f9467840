"""Everything that `madoguchi verify` says of the content."""
