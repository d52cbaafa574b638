"""The start of plancli: the installed command, and ``python -m plancli``."""

import gc


def start() -> None:
    """Run the command that was typed."""
    gc.disable()  # a run is short: looking for cycles, most of all while modules are loaded, takes a fifth of it
    from plancli.cli.main import main

    main()


if __name__ == "__main__":
    start()
