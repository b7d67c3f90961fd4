"""Google Ads as seen over the wire: queries, mutates, errors, sign-in."""
