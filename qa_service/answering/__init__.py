"""From ranked passages to a cited reply or an honest refusal."""
