"""The plan in files for others, and plans out of the tables that others keep."""
