"""What the server has, in a short text for language models (llms.txt)."""
