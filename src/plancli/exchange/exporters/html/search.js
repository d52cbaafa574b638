"use strict";
// What a text holds: the same words that plancli itself finds, and where they stand on the page.
const search = (() => {
  // The same as plancli's own search: case, accents, œ/oe, ’/' and kinds of spaces are put aside.
  function fold(string) {
    if (/^[!-~]$/.test(string)) {
      return string.toLowerCase();
    }
    const same = { "œ": "oe", "æ": "ae", "ß": "ss", "’": "'", "‘": "'", "ʼ": "'", "′": "'", "‐": "-", "ς": "σ" };
    return string.normalize("NFKD").toLowerCase().normalize("NFKD")
      .replace(/[œæß’‘ʼ′‐ς]/g, (letter) => same[letter])
      .replace(/[\p{Mn}\u00ad\u200b\ufeff]/gu, "")
      .split(/[\s\x1c-\x1f\x85]+/).filter(Boolean).join(" ");
  }

  // The passages that were searched for, where the browser can show them without a change to the page; a few
  // texts at a time, so that typing never waits for them.
  let marking = 0;

  function mark(places, words) {
    if (!globalThis.CSS?.highlights) {
      return;
    }
    clearTimeout(marking);
    CSS.highlights.delete("found");
    const waiting = words ? [...places] : [];
    const found = new Highlight();
    const some = () => {
      waiting.splice(0, 25).forEach((place) => passages(place, words).forEach((range) => found.add(range)));
      CSS.highlights.set("found", found);
      if (waiting.length) {
        marking = setTimeout(some);
      }
    };
    if (waiting.length) {
      marking = setTimeout(some);
    }
  }

  function passages(place, words) {
    let folded = "";
    const places = [];
    const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      let start = 0;
      for (const letter of node.data) {
        const end = start + letter.length;
        for (const part of /\s/.test(letter) ? " " : fold(letter)) {
          if (part !== " " || (folded && !folded.endsWith(" "))) {
            folded += part;
            places.push(...Array.from({ length: part.length }, () => [node, start, end])); // an emoji counts two
          }
        }
        start = end;
      }
    }
    const ranges = [];
    for (let at = folded.indexOf(words); at >= 0; at = folded.indexOf(words, at + words.length)) {
      const [first, start] = places[at];
      const [last, , end] = places[at + words.length - 1];
      ranges.push(new StaticRange({ startContainer: first, startOffset: start, endContainer: last, endOffset: end }));
    }
    return ranges;
  }

  return { fold, mark };
})();
