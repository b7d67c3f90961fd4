"""Mutate: one file per kind of resource, and a table that names them."""
