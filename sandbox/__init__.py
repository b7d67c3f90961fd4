"""A simulated ad market behind the real wire protocols; it knows nothing of its callers."""
