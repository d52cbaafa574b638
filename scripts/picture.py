"""Take the picture of the page that the README shows: ``python -m scripts.picture``.

It takes what the tests of the page take (Chromium, its driver, selenium); fonts are those of the machine.
"""

import base64
import shutil
import tempfile
from pathlib import Path

from plancli.exchange.exporters import export
from plancli.exchange.request import make_request
from plancli.i18n import use_language
from plancli.loader import load_plan
from tests.browser.reader import Reader, written

ROOT = Path(__file__).parents[1]
WIDTH, HEIGHT = 1180, 1300
ASKED = "?directorate=DSJ&year=2022"


def main() -> None:
    """Export the published plan, ask the page a question, and keep what a reader sees."""
    plan = load_plan(str(ROOT / "data" / "plan.yaml")).plan
    with use_language(plan.language), tempfile.TemporaryDirectory() as folder:
        page = written(
            Path(folder, "plan.html"), export(make_request(plan, plan.actions, "data/plan.yaml"), "plan.html")
        )
        program = shutil.which("chromium") or shutil.which("google-chrome") or ""
        reader = Reader(program, shutil.which("chromedriver") or "", Path(folder, "profile"))
        try:
            reader.reset()
            reader.size(WIDTH, HEIGHT)
            reader.tell("Emulation.setScrollbarsHidden", hidden=True)
            reader.open(page + ASKED)
            reader.run("document.getElementById('actions').scrollIntoView()")
            picture = reader.tell("Page.captureScreenshot")["data"]
        finally:
            reader.close()
    (ROOT / "docs" / "page.png").write_bytes(base64.b64decode(picture))


if __name__ == "__main__":
    main()
