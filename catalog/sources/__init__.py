"""One upstream each: what it gives, as checked rows for the catalog file."""
