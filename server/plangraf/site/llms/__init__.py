"""The content of the server in a short text for language models (llms.txt)."""
