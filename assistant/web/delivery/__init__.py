"""How bytes leave: kept pages, compression, assets, the server."""
