"""The plans of the release as workbooks."""
