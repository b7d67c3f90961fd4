"""What platforms share on the wire."""
