"""The rows of a sheet: which of them are actions, and what each says."""
