"""Programs ask over HTTP: OpenAI's chat completions, whether the server is ready, and what it offers.

``routes.api_routes`` makes everything; FastAPI is imported in this package only, and not before it is called.
"""
