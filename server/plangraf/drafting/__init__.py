"""Drafts of plan workbooks from documents: PDF, Word and web pages."""
