"""Measurements of the house beside what a user would pick instead; nothing imports this room."""
