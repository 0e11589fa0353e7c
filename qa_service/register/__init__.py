"""What was resolved and what was promised, as a register with citations."""
