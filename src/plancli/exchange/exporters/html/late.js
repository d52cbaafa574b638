// Late is told as of the newest report; whoever reads the page later sees it as of today.
(() => {
  const day = document.querySelector("[data-late-day]");
  const today = new Date().toLocaleDateString("sv"); // as 2025-06-30, in the reader's time
  if (!day || today <= day.dateTime) {
    return;
  }
  const head = document.querySelector('table.list th[data-sort="late"]');
  let count = 0;
  for (const row of document.querySelector("table.list").tBodies[0].rows) {
    const article = document.getElementById(`action-${row.dataset.number}`);
    const { end, closed, late } = article.dataset;
    const isLate = closed === undefined && end !== "" && end < today;
    count += isLate;
    row.setAttribute("data-facet-late", isLate ? "1" : "");
    if (head) {
      row.cells[head.cellIndex].textContent = isLate ? late : "–";
    }
    const badge = article.querySelector(".badges .late");
    badge.hidden = !isLate;
  }
  const option = document.querySelector('input[name="late"]')?.closest("label");
  if (option) {
    option.hidden = count === 0;
    option.querySelector(".count").textContent = count;
  }
  for (const told of document.querySelectorAll("[data-late-count]")) {
    told.textContent = count;
  }
  day.dateTime = today;
  day.textContent = new Date().toLocaleDateString(document.documentElement.lang || undefined, { dateStyle: "medium" });
})();
