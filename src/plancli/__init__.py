"""Ask, check and review a public action plan that lives in git as one YAML file."""

__version__ = "0.1.0"
