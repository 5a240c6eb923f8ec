"use strict";

/**
 * Looks words up in the index that `archive/export/html/words.py` wrote, and ranks what it finds as FTS5 does (BM25, a
 * word in the title counting eight times, in the byline twice), so that the order is that of `thidua search`.
 */
(() => {
  const ENDS = 62; // digits that end a number; see archive/export/html/numbers.py
  const GOES_ON = 30;
  const VALUES = new Uint8Array(128);
  for (let code = 33, value = 0; code < 127; code++) {
    if (code !== 34 && code !== 92) VALUES[code] = value++;
  }
  const WEIGHTS = [8, 1, 2]; // title, body, byline
  const K1 = 1.2;
  const B = 0.75;
  const LAST_LETTER = "\uffff";

  /** Reads numbers one after the other. */
  class Numbers {
    constructor(text) {
      this.text = text;
      this.place = 0;
    }

    get more() {
      return this.place < this.text.length;
    }

    next() {
      let value = 0;
      let unit = 1;
      for (;;) {
        const digit = VALUES[this.text.charCodeAt(this.place++)];
        value += digit * unit;
        if (digit < ENDS) return value;
        unit *= GOES_ON;
      }
    }
  }

  function all(text) {
    const numbers = new Numbers(text);
    const found = [];
    while (numbers.more) found.push(numbers.next());
    return found;
  }

  /** Promise the table of contents: what is known of every article without its words. */
  thidua.contents = async () => {
    contents ??= thidua.get("muc-luc").then((data) => {
      const days = [];
      for (const gap of all(data.days)) days.push((days.at(-1) ?? 0) + gap);
      const lengths = all(data.lengths);
      const average = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length);
      return { ...data, days, lengths, average, category: all(data.category) };
    });
    contents.catch(() => (contents = undefined));
    return contents;
  };
  let contents;

  /** Return which pairs of files hold the words that fold to this one, or that begin so. */
  function shards(firsts, word, prefix) {
    const upTo = prefix ? word + LAST_LETTER : word;
    const after = firsts.findIndex((first) => first > upTo);
    const end = after < 0 ? firsts.length : after;
    let start = end - 1;
    while (start > 0 && firsts[start] > word) start--;
    return Array.from({ length: end - Math.max(0, start) }, (_, each) => Math.max(0, start) + each);
  }

  /** Promise the entries of a token: `[word, articles, places]` for each spelling it stands for. */
  async function entries(token, folded, prefix, withPlaces) {
    const { firsts } = await thidua.contents();
    const plain = folded ? token : thidua.folded(token);
    const same = prefix ? (word) => word.startsWith(token) : (word) => word === token;
    const matches = folded ? (word) => same(thidua.folded(word)) : same;
    const files = shards(firsts, plain, prefix).map(async (shard) => {
      const [words, places] = await Promise.all([
        thidua.get(`tu/${shard}`),
        withPlaces ? thidua.get(`vi-tri/${shard}`) : undefined,
      ]);
      const found = [];
      for (let at = 0; at < words.length; at += 2) {
        if (matches(words[at])) found.push([words[at], words[at + 1], places?.[at / 2]]);
      }
      return found;
    });
    return (await Promise.all(files)).flat();
  }

  /** Call `visit(article, [title, body, byline])` for each article of a word. */
  function walk(articles, visit) {
    const numbers = new Numbers(articles);
    let article = -1;
    while (numbers.more) {
      const gap = numbers.next();
      article += (gap >> 1) + 1;
      visit(article, gap & 1 ? [numbers.next(), numbers.next(), numbers.next()] : [0, 1, 0]);
    }
  }

  /** Return by article where any of these spellings stands: for each field the places. */
  function places(found) {
    const where = new Map();
    for (const [, articles, text] of found) {
      const numbers = new Numbers(text);
      walk(articles, (article, often) => {
        if (!where.has(article)) where.set(article, [new Set(), new Set(), new Set()]);
        often.forEach((count, field) => {
          for (let place = 0; count--; ) where.get(article)[field].add((place += numbers.next()));
        });
      });
    }
    return where;
  }

  /** Promise how much a needle weighs in every article, 0 where it is not in it. */
  async function weigh(needle, size) {
    const weights = new Float64Array(size);
    const add = (article, field, times) => {
      if (!needle.title || field === 0) weights[article] += WEIGHTS[field] * times;
    };
    const last = needle.tokens.length - 1;
    const found = await Promise.all(
      needle.tokens.map((token, at) => entries(token, needle.folded, needle.prefix && at === last, last > 0)),
    );
    if (last === 0) {
      for (const [, articles] of found[0]) walk(articles, (article, often) => often.forEach((n, f) => add(article, f, n)));
      return weights;
    }
    const [first, ...rest] = found.map(places);
    for (const [article, fields] of first) {
      const following = rest.map((where) => where.get(article));
      if (following.includes(undefined)) continue;
      fields.forEach((starts, field) => {
        for (const place of starts) {
          if (following.every((there, at) => there[field].has(place + at + 1))) add(article, field, 1);
        }
      });
    }
    return weights;
  }

  /** Tell whether the articles meet a node of the query. */
  function meets(node, weights, article) {
    if (node.needle) return weights.get(node.needle)[article] > 0;
    if (node.any) return node.any.some((each) => meets(each, weights, article));
    return (
      node.all.every((each) => meets(each, weights, article)) && !node.none.some((each) => meets(each, weights, article))
    );
  }

  /** Promise the articles that a query finds, best first: `[{article, score}]`. */
  thidua.find = async ({ tree, needles, looked }) => {
    const { articles, lengths, average } = await thidua.contents();
    const weighed = await Promise.all(looked.map((needle) => weigh(needle, articles)));
    const weights = new Map(looked.map((needle, at) => [needle, weighed[at]]));
    const terms = needles.map((needle) => {
      const found = weights.get(needle);
      const holding = found.reduce((sum, weight) => sum + (weight > 0), 0);
      return [found, Math.max(1e-6, Math.log((articles - holding + 0.5) / (holding + 0.5)))];
    });
    const hits = [];
    for (let article = 0; article < articles; article++) {
      if (!meets(tree, weights, article)) continue;
      const long = K1 * (1 - B + (B * lengths[article]) / average);
      const score = terms.reduce((sum, [found, rare]) => sum + (rare * found[article] * (K1 + 1)) / (found[article] + long), 0);
      hits.push({ article, score });
    }
    return hits.sort((one, other) => other.score - one.score || other.article - one.article);
  };

  /** Promise title, id and text of an article; the text is null where the browser cannot unpack it. */
  thidua.shown = async (article) => {
    const { each } = await thidua.contents();
    const name = `bai/${Math.floor(article / each)}`;
    const [titles, packed] = await thidua.get(name);
    if (!texts.has(name)) texts.set(name, unpacked(packed));
    const [id, title] = titles[article % each];
    const bodies = await texts.get(name);
    return { id, title, body: bodies && bodies[article % each] };
  };
  const texts = new Map();

  async function unpacked(packed) {
    if (typeof DecompressionStream === "undefined") return null;
    const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return JSON.parse(await new Response(stream).text());
  }
})();
