"""What an editor asks about the plan that it has open; ``server`` speaks the Language Server Protocol."""
