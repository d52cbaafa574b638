"""What one cell says: numbers and codes, dates, directorates, and words for all else."""
