"""The plan out to others, and in."""
