"use strict";

/**
 * Finds a query's words in the original text, and cuts the piece that shows most of them: `archive/highlight.py` in
 * JavaScript. Folding keeps offsets, so places found in the folded text are places in the text itself.
 */
(() => {
  const SNIPPET = 240;
  const BEFORE = 60;

  function pattern(needle) {
    const end = needle.prefix ? "[\\p{L}\\p{N}]*" : "(?![\\p{L}\\p{N}])";
    return new RegExp(`(?<![\\p{L}\\p{N}])${needle.tokens.join("[^\\p{L}\\p{N}]+")}${end}`, "gu");
  }

  function found(text, needles) {
    const forms = { true: "", false: "" };
    for (const needle of needles) forms[needle.folded] ||= (needle.folded ? thidua.folded : thidua.exact)(text);
    return needles.map((needle) =>
      [...forms[needle.folded].matchAll(pattern(needle))].map((match) => [match.index, match.index + match[0].length]),
    );
  }

  function merged(all) {
    const kept = [];
    for (const [start, end] of all.sort((one, other) => one[0] - other[0] || one[1] - other[1])) {
      const last = kept.at(-1);
      if (last && start < last[1]) last[1] = Math.max(end, last[1]);
      else kept.push([start, end]);
    }
    return kept;
  }

  /** Return where the piece begins: a little before the place from which it shows the most different needles. */
  function bestStart(byNeedle) {
    const marks = byNeedle.flatMap((places, number) => places.map(([start]) => [start, number]));
    marks.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
    let best = 0;
    let most = 0;
    marks.forEach(([start], index) => {
      const shown = new Set();
      for (let at = index; at < marks.length && marks[at][0] - start <= SNIPPET - 2 * BEFORE; at++) shown.add(marks[at][1]);
      if (shown.size > most) [best, most] = [start, shown.size];
    });
    return Math.max(0, best - BEFORE);
  }

  /** Move both ends to where no word is cut, inwards. */
  function atWords(text, start, end) {
    if (start > 0) {
      const space = text.slice(start, start + BEFORE).indexOf(" ");
      if (space >= 0) start += space + 1;
    }
    if (end < text.length) {
      const space = text.slice(end - BEFORE, end).lastIndexOf(" ");
      if (space >= 0 && end - BEFORE + space > start) end += space - BEFORE;
    }
    return [start, end];
  }

  /** Return a text in pieces, `[words, isFound]`. */
  thidua.marked = (text, needles) => pieces(text, merged(found(text, needles).flat()), 0, text.length);

  /** Return the piece of a text that shows most of the needles, as `marked` does, on one line. */
  thidua.snippet = (text, needles) => {
    const byNeedle = found(text, needles.filter((needle) => !needle.title));
    const begin = bestStart(byNeedle);
    const [start, end] = atWords(text, begin, Math.min(text.length, begin + SNIPPET));
    const inside = merged(byNeedle.flat()).filter(([from, to]) => start <= from && to <= end);
    const shown = pieces(text, inside, start, end).map(([words, is]) => [words.replace(/\n\n|\n/g, " "), is]);
    if (start) shown.unshift(["… ", false]);
    if (end < text.length) shown.push([" …", false]);
    return shown;
  };

  function pieces(text, spans, start, end) {
    const all = [];
    let at = start;
    for (const [from, to] of spans) {
      all.push([text.slice(at, from), false], [text.slice(from, to), true]);
      at = to;
    }
    all.push([text.slice(at, end), false]);
    return all.filter(([words]) => words);
  }
})();
