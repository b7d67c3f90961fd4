"""The store: tables, queries, migrations. The only place with SQL."""

from engine.store.connect import Store, StoreBusy

__all__ = ["Store", "StoreBusy"]
