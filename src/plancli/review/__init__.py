"""What a change means, for ``diff``, ``log`` and each edit; and changes of two sides merged."""
