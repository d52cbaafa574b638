// Filters, sorting and permalinks. Everything is read from the page itself; nothing is fetched or stored.
(() => {
  const { fold, mark } = search;
  const form = document.getElementById("filters");
  const status = document.getElementById("status");
  const clear = document.getElementById("clear");
  const table = document.querySelector("table.list");
  const body = table.tBodies[0];
  const text = form.elements.namedItem("text");
  const says = form.dataset;
  const everything = status.textContent;
  const numbers = inLanguage((language) => new Intl.NumberFormat(language));
  const collator = inLanguage((language) => new Intl.Collator(language, { numeric: true }));
  const names = [...new Set([...form.querySelectorAll("input[type=checkbox]")].map((box) => box.name))];
  const heads = [...table.tHead.rows[0].cells];
  const cell = (row, key) => row.cells[heads.findIndex((head) => head.dataset.sort === key)]?.textContent.trim() ?? "";

  const actions = [...body.rows].map((row, index) => {
    const article = document.getElementById(`action-${row.dataset.number}`);
    const several = (list) => new Set(list.split(" ").filter(Boolean).map(Number));
    const pilot = several(row.dataset.pilots);
    const associated = several(row.dataset.associated);
    return {
      row, article, index, shown: true, text: article.querySelector(".text"), words: null,
      number: Number(row.dataset.number),
      codes: { pilots: cell(row, "pilots"), associated: cell(row, "associated") },
      values: {
        ...Object.fromEntries(names.map((name) => [name, several(row.getAttribute(`data-facet-${name}`) ?? "")])),
        pilot, associated,
        directorate: new Set([...pilot, ...associated]),
        year: several(row.dataset.years),
        priority: several(row.dataset.priority ?? ""),
      },
    };
  });
  const groups = names.map((name) => {
    const boxes = [...form.querySelectorAll(`input[name="${name}"]`)];
    const details = boxes.length ? boxes[0].closest("details") : null;
    return { name, boxes, details };
  }).filter((group) => group.details);
  const sections = [...document.querySelectorAll("section.measure, section.orientation")].map((section) => ({
    section, inside: actions.filter((action) => section.contains(action.article)),
  }));
  const gaps = [...document.querySelectorAll(".gap")];
  let order = { key: "number", down: false };
  let strangers = [];

  function inLanguage(make) {
    try {
      return make(document.documentElement.lang || undefined);
    } catch {
      return make(undefined); // not a language tag
    }
  }

  function folded(action) {
    action.words ??= fold(action.text.textContent);
    return action.words;
  }

  function fill(pattern, values) {
    return pattern.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
  }

  function code(box) {
    return box.closest("label").querySelector("b").textContent;
  }

  function listed(values) {
    return values.length < 2 ? values.join("") : values.slice(0, -1).join(", ") + says.or + values.at(-1);
  }

  // What is asked: one entry a filter in use. Values of one filter mean "or", filters mean "and".
  function asked() {
    const found = [];
    const words = fold(text.value);
    if (words) {
      found.push({
        name: fill(text.dataset.says, { values: `"${text.value.trim()}"` }),
        holds: (action) => folded(action).includes(words),
      });
    }
    for (const { name, boxes, details } of groups) {
      const chosen = boxes.filter((box) => box.checked);
      const wanted = chosen.map((box) => Number(box.dataset.index));
      if (chosen.length) {
        found.push({
          name: fill(details.dataset.says, { values: listed(chosen.map(code)) }),
          holds: (action) => wanted.some((value) => action.values[name].has(value)),
        });
      }
    }
    return found;
  }

  function show(action, shown) {
    if (action.shown !== shown) {
      action.shown = shown;
      action.row.hidden = action.article.hidden = !shown;
    }
  }

  function apply() {
    forget();
    const filters = asked();
    let count = 0;
    for (const action of actions) {
      const shown = filters.every((filter) => filter.holds(action));
      count += shown;
      show(action, shown);
    }
    for (const { section, inside } of sections) {
      section.hidden = !inside.some((action) => action.shown);
    }
    for (const gap of gaps) {
      gap.hidden = filters.length > 0;
    }
    for (const { boxes, details } of groups) {
      const chosen = boxes.filter((box) => box.checked).map(code);
      const values = details.querySelector(".values");
      values.textContent = chosen.length ? chosen.join(", ") : values.dataset.any;
      details.classList.toggle("chosen", chosen.length > 0);
    }
    clear.hidden = filters.length === 0 && strangers.length === 0;
    document.documentElement.classList.toggle("filtered", filters.length > 0);
    status.textContent = [...answer(filters, count), ...strangers].join(" · ");
    mark(actions.filter((action) => action.shown).map((action) => action.text), fold(text.value));
  }

  // As plancli answers: how many of how many and what was asked; of an empty answer, what each filter gives alone.
  function answer(filters, count) {
    if (filters.length === 0) {
      return [everything];
    }
    const of = fill(says[`of-${Math.min(count, 2)}`], { n: numbers.format(count) });
    if (count > 0 || filters.length === 1) {
      return [of, ...filters.map(({ name }) => name)];
    }
    const alone = filters.map(({ name, holds }) => ({ name, n: actions.filter(holds).length }));
    const together = alone.every(({ n }) => n > 0) ? [says.together] : [];
    return [of, ...alone.map(({ name, n }) => fill(says.counted, { name, n: numbers.format(n) })), ...together];
  }

  // The address: ?directorate=DSJ&year=2022&sort=-priority#actions, parameters named as plancli's own options.
  function remember() {
    const address = new URL(location.href);
    for (const name of [...names, "text", "sort"]) {
      address.searchParams.delete(name);
    }
    for (const { name, boxes } of groups) {
      for (const box of boxes.filter((each) => each.checked)) {
        address.searchParams.append(name, box.value);
      }
    }
    if (text.value.trim()) {
      address.searchParams.append("text", text.value.trim());
    }
    if (order.key !== "number" || order.down) {
      address.searchParams.append("sort", (order.down ? "-" : "") + order.key);
    }
    address.hash = document.documentElement.classList.contains("filtered") || address.searchParams.has("sort") ? "actions" : "";
    try {
      history.replaceState(null, "", address.href.replace(/#$/, ""));
    } catch {
      // A viewer that doesn't let pages change their address: the filters work all the same.
    }
  }

  // What a value of the address stands for: as it is declared (É is not E), else whatever its case and accents.
  function meant(boxes, value) {
    const exact = boxes.filter((box) => box.value.normalize() === value.normalize());
    return exact.length ? exact : boxes.filter((box) => fold(box.value) === fold(value));
  }

  function recall() {
    const query = new URLSearchParams(location.search);
    strangers = [];
    text.value = query.get("text") ?? "";
    for (const { name, boxes, details } of groups) {
      const wanted = query.getAll(name).flatMap((value) => meant(boxes, value));
      for (const box of boxes) {
        box.checked = wanted.includes(box);
        // What no action has isn't offered, but an address may ask for it, and then it can be taken back.
        box.closest("label").hidden &&= !box.checked;
      }
      const label = details.querySelector(".label").textContent;
      for (const value of query.getAll(name)) {
        if (!meant(boxes, value).length) {
          strangers.push(fill(says.stranger, { label, value }));
        }
      }
    }
    const wanted = query.get("sort") ?? "number";
    sort(wanted.replace(/^-/, ""), wanted.startsWith("-"));
    apply();
  }

  const keys = {
    number: (one, other) => one.number - other.number,
    text: (one, other) => collator.compare(one.row.cells[1].textContent, other.row.cells[1].textContent),
    measure: (one, other) => collator.compare(cell(one.row, "measure"), cell(other.row, "measure")),
    pilots: (one, other) => collator.compare(one.codes.pilots, other.codes.pilots),
    associated: (one, other) => collator.compare(one.codes.associated, other.codes.associated),
    years: (one, other) => collator.compare(one.row.dataset.years, other.row.dataset.years),
    priority: (one, other) => Number(one.row.dataset.priority) - Number(other.row.dataset.priority),
  };

  // Amounts by their value, of which an action without one is before all; all else by its words.
  heads.forEach((head, place) => {
    keys[head.dataset.sort] ??= (one, other) => {
      const [first, second] = [one.row.cells[place], other.row.cells[place]];
      if (!("value" in first.dataset)) {
        return collator.compare(first.textContent, second.textContent);
      }
      const [low, high] = [first, second].map(({ dataset }) => (dataset.value === "" ? -Infinity : Number(dataset.value)));
      return low === high ? 0 : low - high;
    };
  });

  function sort(key, down) {
    order = Object.hasOwn(keys, key) ? { key, down } : { key: "number", down: false };
    const sign = order.down ? -1 : 1;
    const sorted = [...actions].sort((one, other) => sign * keys[order.key](one, other) || one.index - other.index);
    if (sorted.some((action, place) => body.rows[place] !== action.row)) {
      body.append(...sorted.map((action) => action.row));
    }
    for (const head of table.tHead.rows[0].cells) {
      head.removeAttribute("aria-sort");
      if (head.dataset.sort === order.key) {
        head.setAttribute("aria-sort", order.down ? "descending" : "ascending");
      }
    }
  }

  // A permalink leads to its place even when the filters leave it out; then the page says so.
  let outside = null;

  function reveal(found) {
    const hidden = found.matches(".measure, .orientation") ? [...found.querySelectorAll("[hidden]")] : [];
    for (let place = found; place; place = place.parentElement) {
      if (place.hidden) {
        hidden.push(place);
      }
    }
    if (hidden.length) {
      const note = document.createElement("p");
      note.className = "outside";
      note.textContent = says.outside;
      found.prepend(note);
      hidden.forEach((place) => { place.hidden = false; });
      outside = { found, note, hidden };
    }
  }

  function forget() {
    outside?.note.remove();
    outside?.hidden.forEach((place) => { place.hidden = true; });
    outside = null;
  }

  function follow() {
    let id = location.hash.slice(1);
    try {
      id = decodeURIComponent(id);
    } catch {
      // not one of ours
    }
    const found = id && document.getElementById(id);
    if (found) {
      if (outside?.found !== found) {
        forget();
        reveal(found);
      }
      found.scrollIntoView({ behavior: "instant" });
      found.focus({ preventScroll: true });
    } else if (/^action-(0|[1-9]\d{0,8})$/.test(id)) {
      status.textContent = fill(says.unknown, { number: Number(id.slice(7)) });
      status.scrollIntoView({ block: "center" });
    }
  }

  function changed() {
    strangers = [];
    apply();
    remember();
  }

  for (const head of table.tHead.rows[0].cells) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => {
      sort(head.dataset.sort, order.key === head.dataset.sort && !order.down);
      remember();
    });
    head.append(button);
  }
  form.addEventListener("input", changed);
  form.addEventListener("submit", (event) => event.preventDefault());
  clear.addEventListener("click", (event) => {
    event.preventDefault();
    for (const box of form.querySelectorAll("input:checked")) {
      box.checked = false;
    }
    text.value = "";
    changed();
    text.focus();
  });
  dropDown(groups.map((group) => group.details));
  addEventListener("popstate", () => { recall(); follow(); });
  addEventListener("hashchange", follow);

  form.hidden = false;
  recall();
  setTimeout(() => actions.forEach(folded));
  if (location.hash) {
    follow();
  }
})();
