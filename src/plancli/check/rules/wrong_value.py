"""Every value of a declared field is of the type that is declared.

A `text` is a text, a `number` is digits with a point before decimals, a `choice` is one of its `values`, a `list`
is a list of texts.

Pass:

    fields: {risk: {type: choice, values: [low, high]}}
    actions: [{number: 1, fields: {risk: high}}]

Fail:

    fields: {risk: {type: choice, values: [low, high]}}
    actions: [{number: 1, fields: {risk: hihg}}]
"""

from collections.abc import Iterator

from plancli.check.rules.base import rule
from plancli.diagnostic import Finding, Fixable, Remedy
from plancli.i18n import N_, _
from plancli.location import Path
from plancli.plan.model import Field, Plan, Type, Value, read_amounts, read_value
from plancli.text import closest, fold, truncate

_EXPECTED = {
    Type.PROSE: N_("a text"),
    Type.DECIMAL: N_("a number"),
    Type.DATE: N_("a date"),
    Type.CHOICE: N_("one of {values}"),
    Type.LIST: N_("a list of texts"),
}


def find(plan: Plan) -> Iterator[Finding]:
    """Find values of fields that are of another type than the plan, or the table of fields, says."""
    fields = {field.key: field for field in plan.fields if field.type in _EXPECTED}
    if not fields:
        return
    for action in plan.actions:
        for key, value in action.more:
            field = fields.get(key)
            if field and not _fits(field, value):
                block = (*action.path, "fields") if field.declared else action.path
                yield _wrong(field, value, (*block, key))


def _fits(field: Field, value: Value) -> bool:
    if field.type is Type.DECIMAL:
        return value is not None and not isinstance(value, str | tuple | bool)
    if field.type is Type.LIST:
        return isinstance(value, tuple) and all(isinstance(item, str) for item in value)
    return isinstance(value, str) and (field.type is not Type.CHOICE or not field.values or value in field.values)


def _wrong(field: Field, value: Value, path: Path) -> Finding:
    shown = truncate(" ".join(_write(value).split()), 40)
    kind = Type.PROSE if _is_unquoted(field, value) else field.type
    expected = _(_EXPECTED[kind]).format(values=", ".join(field.values))
    hint = _("write {expected}").format(expected=expected)
    meant = _suggest_value(field, value)
    if meant:
        hint = _("write {text}").format(text=f"{field.key}: {meant}")
    elif field.type is Type.DECIMAL and len(amounts := _amounts(value)) > 1:
        said = _("{word} can be read as {first} and as {second}")
        hint = said.format(word=shown, first=amounts[0], second=amounts[1])
    return Finding(
        _("{text} is not {expected}").format(text=shown, expected=expected),
        path,
        help=hint,
        value=_write(value)[:100],
        fix=_remedy(field, value, meant, path),
    )


def _is_unquoted(field: Field, value: Value) -> bool:
    """Return whether a number stands where a text of the same digits is meant."""
    return isinstance(value, int) and (field.type is Type.PROSE or _write(value) in field.values)


def _remedy(field: Field, value: Value, meant: str | None, path: Path) -> Remedy | None:
    """Return what to write at a path; commas, signs of money and the nearest word leave a doubt."""
    if meant is None:
        return None
    if _is_unquoted(field, value):
        return Remedy(path, _write(value))
    if field.type is Type.CHOICE:
        return Remedy(path, meant, is_safe=fold(meant) == fold(_write(value)))
    if field.type is Type.LIST:
        return Remedy(path, _items(value))
    number = read_value(Type.DECIMAL, meant) if "." in meant else int(meant)
    return Remedy(path, number, is_safe="".join(_write(value).split()).lstrip("0") == meant.lstrip("0"))


def _write(value: Value) -> str:
    """Return a value as the file has it."""
    if isinstance(value, tuple):
        return f"[{', '.join(map(_write, value))}]"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return str(value)


def _items(value: Value) -> list[str]:
    """Return the texts that a list of numbers means, or one without brackets, of which the last may be there."""
    if isinstance(value, tuple):
        return [_write(each) for each in value]
    text = _write(value)
    if text.endswith("]") and "[" not in text:
        return [each.strip() for each in text[:-1].split(",")]
    return [text]


def _suggest_value(field: Field, value: Value) -> str | None:
    """Return what should be written where the value shows what was meant."""
    if field.type is Type.CHOICE and isinstance(value, str):
        same = (each for each in field.values if fold(each) == fold(value))
        return next(same, None) or closest(value, field.values)
    if field.type is Type.LIST and value and isinstance(value, str | tuple):
        items = ", ".join(f'"{each}"' for each in _items(value))
        return f"[{items}]" if len(items) < 60 and '"' not in _write(value) and None not in (*value,) else None
    if _is_unquoted(field, value):
        return f'"{_write(value)}"'
    if field.type is Type.DECIMAL:
        amounts = _amounts(value)
        return amounts[0] if len(amounts) == 1 else None
    return None


def _amounts(value: Value) -> tuple[str, ...]:
    return read_amounts(value.strip().removesuffix("€")) if isinstance(value, str) else ()


RULE = rule(find, requires=["fields"], fixable=Fixable.BOTH)
