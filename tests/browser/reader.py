"""A reader at a browser: opens pages, looks, types, prints."""

import base64
import json
import os
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

SWITCHES = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)


class Reader:
    """One browser window; what it shows, logs and asks the network for."""

    def __init__(self, program: str, driver: str, profile: Path) -> None:
        options = webdriver.ChromeOptions()
        options.binary_location = program
        for switch in (*SWITCHES, f"--user-data-dir={profile}"):
            options.add_argument(switch)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service(driver))

    def close(self) -> None:
        """End the browser."""
        self.driver.quit()

    def tell(self, command: str, **values: Any) -> dict[str, Any]:
        """Send the browser a command of its own protocol (CDP)."""
        done: dict[str, Any] = self.driver.execute_cdp_cmd(command, values)
        return done

    def reset(self) -> None:
        """Start anew: an empty page, 1440 px, light, no motion, scripts on, empty logs."""
        self.tell("Emulation.setScriptExecutionDisabled", value=False)
        self.driver.get("about:blank")
        self.look()
        self.size(1440)
        self.console()
        self.requests()

    def look(self, theme: str = "light", motion: str = "reduce", media: str = "") -> None:
        """Prefer a theme and (no) motion; ``media`` may be print."""
        features = [
            {"name": "prefers-color-scheme", "value": theme},
            {"name": "prefers-reduced-motion", "value": motion},
        ]
        self.tell("Emulation.setEmulatedMedia", media=media, features=features)

    def size(self, width: int, height: int = 900) -> None:
        """Make the window so many CSS pixels wide."""
        self.tell(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False
        )

    def open(self, address: str) -> None:
        """Open an address, even if only what follows # differs."""
        self.driver.get("about:blank")
        self.driver.get(address)

    def run(self, script: str, *values: Any) -> Any:
        """Run a script in the page; its ``return`` is the answer."""
        return self.driver.execute_script(script, *values)

    def find(self, selector: str) -> WebElement:
        """Return the first element that a CSS selector means."""
        return self.driver.find_element("css selector", selector)

    def press(self, *keys: str) -> None:
        """Press keys, one after the other, wherever the focus is."""
        for key in keys:
            ActionChains(self.driver).send_keys(key).perform()

    def back(self, times: int = 1) -> None:
        """Go back with Shift and Tab."""
        for _ in range(times):
            ActionChains(self.driver).key_down(Keys.SHIFT).send_keys(Keys.TAB).key_up(Keys.SHIFT).perform()

    def choose(self, name: str, *values: str) -> None:
        """Open a filter, tick values, close it."""
        box = f'#filters input[name="{name}"]'
        self.run("document.querySelector(arguments[0]).closest('details').scrollIntoView({block: 'center'})", box)
        summary = self.driver.execute_script(
            "return document.querySelector(arguments[0]).closest('details').querySelector('summary')", box
        )
        summary.click()
        for value in values:
            self.find(f'{box}[value="{value}"]').click()
        summary.click()

    def write(self, text: str) -> None:
        """Search for words."""
        field = self.find("#text")
        field.clear()
        field.send_keys(text)

    @property
    def focused(self) -> WebElement:
        """Return the element that has the focus."""
        return self.driver.switch_to.active_element

    @property
    def status(self) -> str:
        """Return what is announced, with plain spaces."""
        return " ".join(self.find("#status").text.split())

    @property
    def query(self) -> str:
        """Return what the address asks, from the question mark on."""
        address = self.driver.current_url
        return address[address.index("?") :] if "?" in address else ""

    @property
    def listed(self) -> list[int]:
        """Return the numbers of the rows that are seen, from top to bottom."""
        found: list[int] = self.run(
            "return [...document.querySelectorAll('table.list tbody tr')]"
            ".filter(row => row.offsetParent).map(row => Number(row.dataset.number))"
        )
        return found

    @property
    def told(self) -> list[int]:
        """Return the numbers of the whole actions that are seen, from top to bottom."""
        found: list[int] = self.run(
            "return [...document.querySelectorAll('article.action')]"
            ".filter(each => each.offsetParent).map(each => Number(each.id.slice(7)))"
        )
        return found

    def style(self, selector: str, name: str) -> str:
        """Return a computed property of the first element meant."""
        script = "return getComputedStyle(document.querySelector(arguments[0])).getPropertyValue(arguments[1])"
        return str(self.run(script, selector, name))

    def console(self) -> list[str]:
        """Return what the console has said since the last time."""
        log = self.driver.get_log("browser")  # type: ignore[no-untyped-call]
        return [entry["message"] for entry in log]

    def requests(self) -> list[str]:
        """Return the addresses that were asked for since the last time."""
        log = self.driver.get_log("performance")  # type: ignore[no-untyped-call]
        messages = [json.loads(entry["message"])["message"] for entry in log]
        found = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
        return [address for address in found if address != "about:blank"]

    def print(self) -> bytes:
        """Print to PDF."""
        return base64.b64decode(self.tell("Page.printToPDF", preferCSSPageSize=True)["data"])


def written(file: Path, content: bytes) -> str:
    """Write a page; give its address."""
    file.write_bytes(content)
    return file.as_uri()


def missing(what: str) -> None:
    """Skip with words on a reader's machine; fail where everything has to be there."""
    message = f"{what}: the page can't be tried as a reader would"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)
