// Lists that drop down: one at a time, closed by Escape, by a click elsewhere and when the focus leaves.
function dropDown(all) {
  for (const details of all) {
    details.addEventListener("toggle", () => {
      if (details.open) {
        all.filter((other) => other !== details).forEach((other) => { other.open = false; });
      }
    });
    details.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !details.contains(event.relatedTarget)) {
        details.open = false;
      }
    });
    details.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && details.open) {
        details.open = false;
        details.querySelector("summary").focus();
      }
    });
  }
  document.addEventListener("click", (event) => {
    all.filter((details) => !details.contains(event.target)).forEach((details) => { details.open = false; });
  });
}
