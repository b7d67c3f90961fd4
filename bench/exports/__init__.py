"""Small exports of our own in every known shape, for measurements and tests."""
