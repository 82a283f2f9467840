"""Content as files: schema, loading, rendering and the checks that keep it true."""
