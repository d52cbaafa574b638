"""Options in bundles: a parameter whose type is a bundle stands for one option an attribute."""

import inspect
from collections.abc import Callable
from inspect import Parameter, Signature
from typing import TYPE_CHECKING, Any, get_type_hints

if TYPE_CHECKING:
    from plancli.cli.options import Bundle


def unbundled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give the function as Typer can read it: each bundle taken apart into options, and made whole when called."""
    from plancli.cli.options import Bundle  # a command has loaded them, help on all commands hasn't

    hints = get_type_hints(function, include_extras=True)
    bundles: dict[str, type[Bundle]] = {
        name: kind for name, kind in hints.items() if isinstance(kind, type) and issubclass(kind, Bundle)
    }
    parameters: list[Parameter] = []
    for parameter in inspect.signature(function).parameters.values():
        if parameter.name in bundles:
            parameters += _options(bundles[parameter.name])
        else:
            parameters.append(parameter.replace(kind=Parameter.KEYWORD_ONLY, annotation=hints[parameter.name]))

    def command(**values: Any) -> Any:
        for name, bundle in bundles.items():
            values[name] = bundle(**{option: values.pop(option) for option in bundle.options()})
        return function(**values)

    command.__name__ = function.__name__
    command.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return command


def _options(bundle: "type[Bundle]") -> list[Parameter]:
    return [
        Parameter(name, Parameter.KEYWORD_ONLY, annotation=annotation, default=getattr(bundle, name))
        for name, annotation in bundle.options().items()
    ]
