"use strict";

/**
 * Vietnamese text made comparable, letter for letter, exactly as `archive/folding.py` does it, which says why.
 * `exact` keeps accents and evens out how they were typed; `folded` leaves them out.
 */
(() => {
  const SECOND = { a: "àáảãạ", e: "èéẻẽẹ", y: "ỳýỷỹỵ" };
  const FIRST = { a: "òóỏõọ", e: "òóỏõọ", y: "ùúủũụ" };
  const OPEN = /(?:o[àáảãạèéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])(?![\p{L}\p{Nl}\p{No}])/gu;
  const OLD_SPELLING = new Map();
  for (const plain of "aey") {
    const vowel = plain === "y" ? "u" : "o";
    for (let tone = 0; tone < 5; tone++) OLD_SPELLING.set(vowel + SECOND[plain][tone], FIRST[plain][tone] + plain);
  }

  const nfc = (text) => text.normalize("NFC");
  const byWord = (text, change) => nfc(text).split(" ").map(change).join(" ");

  function lower(text) {
    const whole = text.toLowerCase();
    return whole.length === text.length ? whole : [...text].map(lowerLetter).join("");
  }

  function lowerLetter(letter) {
    const small = letter.toLowerCase();
    return small.length === letter.length ? small : letter;
  }

  function bare(letter) {
    if (letter === "đ") return "d";
    const [first, ...marks] = letter.normalize("NFD");
    return marks.every((mark) => /\p{M}/u.test(mark)) ? lowerLetter(first) : letter;
  }

  thidua.exact = (text) => byWord(text, (word) => lower(word).replace(OPEN, (match) => OLD_SPELLING.get(match)));
  thidua.folded = (text) => byWord(text, (word) => [...lower(word)].map(bare).join(""));

  /** Return the words of a text in either form. */
  thidua.tokens = (text) => text.match(/[\p{L}\p{N}\u0300-\u036f]+/gu) || [];
})();
