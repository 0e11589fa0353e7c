"""Text to vectors and back to ranked ids. Knows nothing of councils."""
