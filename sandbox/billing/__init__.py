"""Billing rules of platforms as pure functions."""
