"""Changes that commands make: words to values, values to edits of one block, edits to the file's new bytes."""
