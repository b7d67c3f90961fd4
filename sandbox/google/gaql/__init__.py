"""A subset of the Google Ads query language: parse, check against descriptors, evaluate."""
