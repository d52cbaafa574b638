"""One file a rule; RULES is the list of them."""
