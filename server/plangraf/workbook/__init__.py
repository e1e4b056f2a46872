"""The plan workbook: one declaration of sheets and columns, and what is derived from it."""
