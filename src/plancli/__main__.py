"""Run plancli as ``python -m plancli``."""

from plancli.cli.main import main

if __name__ == "__main__":
    main()
