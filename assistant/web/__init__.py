"""The site: pages, API, languages, errors. Parses and renders; decides nothing."""
