"""What is wrong with a plan, each mistake at its place."""
