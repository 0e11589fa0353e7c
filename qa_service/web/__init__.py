"""The pages: server-rendered from the same use cases as the API."""
