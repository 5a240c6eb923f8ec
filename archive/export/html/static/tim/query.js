"use strict";

/**
 * Reads what a person types, in the language of `thidua search` (`archive/query.py`): words, "phrases", OR, NOT or a
 * leading -, prefix*, title:, parentheses. Returns `{tree, needles}`; a node of the tree is `{needle}`, `{any: [...]}` or
 * `{all: [...], none: [...]}`. A needle is `{tokens, folded, prefix, title}`. Throws an Error that says what is wrong.
 */
(() => {
  const LONGEST = 1000;
  const MOST_TERMS = 100;
  const DEEPEST = 8;
  const SHORTEST_PREFIX = 2; // one letter would load a tenth of the index
  const LEXEMES =
    /(?<space>\s+)|(?<open>\()|(?<close>\))|"(?<phrase>[^"]*)(?<end>"?)(?<star>\*?)|(?<minus>-(?=[^\s)-]))|(?<field>title:)|(?<word>[^\s()"]+)/giu;

  function lexemes(text) {
    const clean = text.replace(/[\p{Cc}\p{Cs}]/gu, " ").normalize("NFC").replace(/[“”„«»]/g, '"');
    const found = [];
    for (const { groups } of clean.matchAll(LEXEMES)) {
      if (groups.space) continue;
      if (groups.phrase !== undefined) {
        if (!groups.end) throw new Error("Câu truy vấn mở ngoặc kép mà không đóng.");
        found.push({ kind: "phrase", text: groups.phrase, star: groups.star !== "" });
      } else if (groups.word !== undefined) {
        const word = groups.word;
        const kind = ["OR", "AND", "NOT"].includes(word) ? word : "word";
        found.push({ kind, text: word.replace(/\*+$/, ""), star: word.endsWith("*") });
      } else {
        found.push({ kind: ["open", "close", "minus", "field"].find((name) => groups[name] !== undefined) });
      }
    }
    return found;
  }

  class Parser {
    constructor(found, exactOnly) {
      this.lexemes = [...found, { kind: "end" }];
      this.place = 0;
      this.exactOnly = exactOnly;
      this.terms = 0;
      this.needles = []; // what is to be found, in order; what must not occur is not among them
      this.looked = []; // everything that has to be looked up
    }

    get kind() {
      return this.lexemes[this.place].kind;
    }

    next() {
      return this.lexemes[this.place++];
    }

    /** Read expressions parted by OR. */
    alternatives(depth, title) {
      if (depth > DEEPEST) throw new Error(`Câu truy vấn có quá ${DEEPEST} lớp ngoặc đơn.`);
      const found = [this.together(depth, title)];
      while (this.kind === "OR") {
        this.next();
        found.push(this.together(depth, title));
      }
      const any = found.filter(Boolean);
      return any.length > 1 ? { any } : any[0];
    }

    /** Read items side by side: all of them must occur, and none of those marked NOT. */
    together(depth, title) {
      const all = [];
      const none = [];
      let first = true;
      while (!["end", "close", "OR"].includes(this.kind)) {
        if (this.kind === "AND") this.operand(!first);
        first = false;
        const negative = this.kind === "NOT" || this.kind === "minus";
        const item = negative ? this.negated(depth, title) : this.item(depth, title);
        if (item) (negative ? none : all).push(item);
      }
      if (first) this.missing(depth);
      if (none.length && !all.length) throw new Error("Câu truy vấn chỉ nói từ phải bỏ; hãy thêm từ cần tìm.");
      return all.length > 1 || none.length ? { all, none } : all[0];
    }

    /** Pass over an operator that must have something on both sides. */
    operand(given) {
      this.next();
      if (!given || ["end", "close", "OR", "AND"].includes(this.kind)) throw nothingToJoin("AND");
    }

    missing(depth) {
      const before = this.place ? this.lexemes[this.place - 1].kind : "";
      if (this.kind === "OR" || before === "OR") throw nothingToJoin("OR");
      if (depth && this.kind === "close") throw new Error("Câu truy vấn có cặp ngoặc đơn rỗng.");
    }

    negated(depth, title) {
      this.next();
      if (["end", "close", "OR", "AND", "NOT"].includes(this.kind)) throw new Error("Sau NOT không có từ nào để bỏ.");
      const kept = this.needles.length;
      const item = this.item(depth, title);
      this.needles.length = kept;
      return item;
    }

    item(depth, title) {
      const lexeme = this.next();
      if (lexeme.kind === "field") {
        if (!["word", "phrase", "open"].includes(this.kind)) throw new Error("Sau title: không có từ nào để tìm.");
        return this.item(depth, true);
      }
      if (lexeme.kind === "open") {
        const inner = this.alternatives(depth + 1, title);
        if (this.next().kind !== "close") throw new Error("Câu truy vấn mở ngoặc đơn mà không đóng.");
        return inner;
      }
      return lexeme.kind === "minus" ? this.item(depth, title) : this.term(lexeme, title);
    }

    term(lexeme, title) {
      const asTyped = thidua.exact(lexeme.text);
      const bare = thidua.folded(lexeme.text);
      const folded = asTyped === bare && !this.exactOnly;
      const tokens = thidua.tokens(folded ? bare : asTyped);
      if (!tokens.length) return undefined; // punctuation that stands alone
      if (++this.terms > MOST_TERMS) throw new Error(`Câu truy vấn có hơn ${MOST_TERMS} từ.`);
      if (lexeme.star && [...tokens.at(-1)].length < SHORTEST_PREFIX) {
        throw new Error(`Trước dấu * cần ít nhất ${SHORTEST_PREFIX} chữ cái.`);
      }
      const needle = { tokens, folded, prefix: lexeme.star, title };
      this.needles.push(needle);
      this.looked.push(needle);
      return { needle };
    }
  }

  function nothingToJoin(operator) {
    return new Error(`${operator} cần từ ở cả hai bên; muốn tìm chính từ ấy thì viết chữ thường.`);
  }

  thidua.parse = (text, exactOnly = false) => {
    if ([...text].length > LONGEST) throw new Error("Câu truy vấn dài quá 1.000 ký tự.");
    const parser = new Parser(lexemes(text), exactOnly);
    const tree = parser.alternatives(0, false);
    if (parser.kind === "close") throw new Error("Câu truy vấn đóng ngoặc đơn mà chưa mở.");
    if (!tree) throw new Error("Câu truy vấn không có từ nào; hãy gõ ít nhất một chữ cái hay chữ số.");
    return { tree, needles: parser.needles, looked: parser.looked };
  };
})();
