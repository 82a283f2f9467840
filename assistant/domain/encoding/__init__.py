"""Facts as short codes, for addresses, buttons and receipts."""
