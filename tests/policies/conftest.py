"""Shared machines are slow at times.

A property is judged by what it finds, not by how long it took.
"""

from hypothesis import settings

settings.register_profile("patient", deadline=None, database=None)
settings.load_profile("patient")
