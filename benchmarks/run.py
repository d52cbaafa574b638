"""Measure plancli against its targets, whole processes in turn, and print one table.

    python benchmarks/run.py               everything: about seven minutes on a quiet machine with two cores
    python benchmarks/run.py --quick       fewer runs, nothing past 10,000 actions
    python benchmarks/run.py --only log    the rows whose name or peer holds the word
    python benchmarks/run.py --cpu         compare CPU seconds: for a machine that does other things too
    python benchmarks/run.py --write       put the table into docs/performance.md too

Makes a venv for plancli and one for the peers in benchmarks/.work, and generates plans and histories there. A row
that can't be measured says why; the others go on. Ends with 1 where a target isn't met.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Iterator

from measure import Failed, Ratio
from prepare import ROOT, machine
from rows import Bench, Row

PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- results: benchmarks/run.py writes them -->", "<!-- end of results -->"
HEAD = ("what", "against", "target", "ratio", "quartiles", "plancli", "peer", "")


def main() -> int:
    """Measure the rows that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer runs, nothing past 10,000 actions")
    parser.add_argument("--only", default="", metavar="WORD", help="the rows whose name or peer holds the word")
    parser.add_argument("--cpu", action="store_true", help="compare CPU seconds, not wall seconds")
    parser.add_argument("--write", action="store_true", help=f"put the table into {PAGE.relative_to(ROOT)} too")
    options = parser.parse_args()
    started = time.monotonic()
    about = machine_before(options.quick)
    bench = Bench(rounds=9 if options.quick else 25, cpu=options.cpu)
    rows = [row for row in bench.rows() if options.only in f"{row.name} {row.against}"]
    lines = [about, "", f"Command: `{' '.join(['python benchmarks/run.py', *sys.argv[1:]])}`.", ""]
    lines += [f"| {' | '.join(HEAD)} |", "|---|---|--:|--:|--:|--:|--:|---|"]
    print("\n".join(lines), flush=True)
    missed = 0
    for cells, met in measured(rows, options.quick):
        missed += not met
        lines.append(f"| {' | '.join(cells)} |")
        print(lines[-1], flush=True)
    minutes = (time.monotonic() - started) / 60
    lines += ["", f"{missed} of {len(rows)} rows missed or not measured; it took {minutes:.0f} minutes."]
    print("\n".join(lines[-2:]))
    if options.write:
        write("\n".join(lines))
    return 1 if missed else 0


def machine_before(quick: bool) -> str:
    """Make all that is needed, and name the machine."""
    sizes = ("31", "1000", "10000") if quick else ("31", "1000", "10000", "100000")
    # In a process of its own: the peak memory of a child counts from that of its parent.
    subprocess.run([sys.executable, str(ROOT / "benchmarks" / "prepare.py"), *sizes], check=True)
    return machine()


def measured(rows: list[Row], quick: bool) -> Iterator[tuple[list[str], bool]]:
    """Return the cells of each row, and whether its target is met."""
    for row in rows:
        head = [row.name, row.against, f"≤ {row.target:g}"]
        if quick and row.big:
            continue
        try:
            ratio = row.measure()
        except Failed as error:
            yield [*head, "", "", "", "", f"not measured: {error}"], False
            continue
        met = ratio.value <= row.target
        yield [*head, *figures(ratio, row.unit), "met" if met else "**missed**"], met


def figures(ratio: Ratio, unit: str) -> list[str]:
    """Write a ratio, its spread and both sides; three significant digits."""
    spread = "" if ratio.low == ratio.high else f"{ratio.low:.3g}–{ratio.high:.3g}"
    return [f"**{ratio.value:.3g}**", spread, told(ratio.ours, unit), told(ratio.theirs, unit)]


def told(value: float, unit: str) -> str:
    """Write a value with its unit; short times in milliseconds."""
    return f"{value * 1000:.3g} ms" if unit == "s" and value < 1 else f"{value:.3g} {unit}"


def write(table: str) -> None:
    """Put the table between its marks in the page."""
    before, _begin, rest = PAGE.read_text("utf-8").partition(BEGIN)
    _old, _end, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n\n{table}\n\n{END}{after}", "utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
