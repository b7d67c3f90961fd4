"""The market as pure functions: the same seed gives the same world, however time is cut."""
