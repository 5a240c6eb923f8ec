"use strict";

/** The search on the first page. The address says what is asked (`#q=…&nam=…&muc=…&xep=ngay&dau=1&trang=2`). */
(() => {
  const PER_PAGE = 10;
  const EMPTY = "Không có chuyên mục";
  const DAY = 86_400_000;
  const UNDATED = "0";
  const form = document.getElementById("hoi");
  const filters = document.getElementById("loc");
  const results = document.getElementById("ket-qua");
  const message = document.getElementById("so-bai");
  const list = document.getElementById("hits");
  const pager = document.getElementById("trang");
  const home = ["co-gi", "trang-dau"].map((name) => document.getElementById(name));
  const siteTitle = document.title;
  let asked = 0; // searches so far: an answer that comes after a later question is dropped

  const asking = () => new URLSearchParams(location.hash.slice(1));
  const count = (number) => number.toLocaleString("vi-VN");

  function element(name, properties = {}, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  const marked = (pieces) => pieces.map(([words, found]) => (found ? element("mark", {}, words) : words));

  /** Return the address of the same question with something changed; what is empty is left out. */
  function address(changes) {
    const parameters = asking();
    parameters.delete("trang");
    for (const [name, value] of Object.entries(changes)) {
      if (value) parameters.set(name, value);
      else parameters.delete(name);
    }
    return `#${parameters}`;
  }

  function day(contents, article) {
    const number = contents.days[article];
    return number === undefined ? null : new Date(number * DAY).toISOString().slice(0, 10);
  }

  const yearOf = (contents, article) => day(contents, article)?.slice(0, 4) ?? UNDATED;
  const slugOf = (contents, article) => contents.categories[contents.category[article]][1];

  /** Fill a list of choices with how many of the hits each would leave. */
  function offer(select, hits, valueOf, names, chosen) {
    const counts = new Map(chosen ? [[chosen, 0]] : []);
    for (const { article } of hits) counts.set(valueOf(article), (counts.get(valueOf(article)) ?? 0) + 1);
    const choices = names.filter(([value]) => counts.has(value));
    select.replaceChildren(
      new Option(`tất cả (${count(hits.length)})`, ""),
      ...choices.map(([value, name]) => new Option(`${name} (${count(counts.get(value))})`, value)),
    );
    select.value = chosen;
  }

  function narrow(contents, hits, parameters) {
    const [year, slug] = [parameters.get("nam") ?? "", parameters.get("muc") ?? ""];
    const inYear = ({ article }) => !year || yearOf(contents, article) === year;
    const inCategory = ({ article }) => !slug || slugOf(contents, article) === slug;
    const years = [...new Set(contents.days.map((_, article) => yearOf(contents, article)))].sort().reverse();
    const yearNames = [...years.map((each) => [each, each]), [UNDATED, "không rõ ngày"]];
    const categoryNames = contents.categories.map(([name, value]) => [value, name || EMPTY]);
    offer(form.elements.nam, hits.filter(inCategory), (article) => yearOf(contents, article), yearNames, year);
    offer(form.elements.muc, hits.filter(inYear), (article) => slugOf(contents, article), categoryNames, slug);
    return hits.filter((hit) => inYear(hit) && inCategory(hit));
  }

  /** Order by day, the newest first and those without a date last. Articles are numbered in that order. */
  function newestFirst(contents, hits) {
    const dated = contents.days.length;
    return hits.sort((one, other) => (one.article >= dated) - (other.article >= dated) || other.article - one.article);
  }

  async function item(contents, article, needles) {
    const { id, title, body } = await thidua.shown(article);
    const iso = day(contents, article);
    const when = iso
      ? element("time", { dateTime: iso }, iso.split("-").reverse().join("/"))
      : element("span", {}, "không rõ ngày");
    const category = contents.categories[contents.category[article]][0] || EMPTY;
    const link = element("a", { href: `bai/${id}.html` }, ...marked(thidua.marked(title || "(không có tiêu đề)", needles)));
    return element(
      "li",
      {},
      element("h2", {}, link),
      element("p", { className: "facts" }, when, ` · ${category}`),
      ...(body === null ? [] : [element("p", { className: "snippet" }, ...marked(thidua.snippet(body, needles)))]),
    );
  }

  function drawPager(pages, current) {
    const near = new Set([1, pages, current - 1, current, current + 1].filter((each) => each >= 1 && each <= pages));
    const items = [...near].sort((one, other) => one - other).map((number) => {
      const link = element("a", { href: address({ trang: number > 1 && String(number) }) });
      link.append(element("span", { className: "unseen" }, "Trang "), count(number));
      if (number === current) link.setAttribute("aria-current", "page");
      return element("li", {}, link);
    });
    pager.replaceChildren(...(pages > 1 ? [element("ol", {}, ...items)] : []));
    pager.hidden = pages < 2;
  }

  async function answer(parameters, mine) {
    const query = thidua.parse(parameters.get("q"), parameters.get("dau") === "1");
    const contents = await thidua.contents();
    const found = await thidua.find(query);
    if (mine !== asked) return;
    let hits = narrow(contents, found, parameters);
    if (parameters.get("xep") === "ngay") hits = newestFirst(contents, hits);
    const pages = Math.max(1, Math.ceil(hits.length / PER_PAGE));
    const page = Math.min(pages, Math.max(1, Number.parseInt(parameters.get("trang"), 10) || 1));
    const start = (page - 1) * PER_PAGE;
    const items = await Promise.all(
      hits.slice(start, start + PER_PAGE).map(({ article }) => item(contents, article, query.needles)),
    );
    if (mine !== asked) return;
    filters.hidden = false;
    list.start = start + 1;
    list.replaceChildren(...items);
    drawPager(pages, page);
    const part = pages > 1 ? `, trang ${count(page)}/${count(pages)}` : "";
    message.textContent = hits.length
      ? `${count(hits.length)} bài${part}`
      : "Không tìm thấy bài nào. Bớt từ, hoặc gõ không dấu, thì tìm được nhiều hơn.";
  }

  /** Show what the address asks for: the results, or the first page. */
  async function show() {
    const mine = ++asked;
    const parameters = asking();
    const text = (parameters.get("q") ?? "").trim();
    form.elements.q.value = text;
    form.elements.xep.value = parameters.get("xep") ?? "";
    form.elements.dau.checked = parameters.get("dau") === "1";
    for (const part of home) part.hidden = text !== "";
    results.hidden = text === "";
    if (!text) filters.hidden = true; // shown once there are choices in it
    document.title = text ? `${text} – Tìm trong ${siteTitle}` : siteTitle;
    if (!text) return;
    message.textContent = "Đang tìm…";
    try {
      await answer(parameters, mine);
    } catch (error) {
      if (mine !== asked) return;
      list.replaceChildren();
      pager.replaceChildren();
      message.textContent = error.message;
    }
  }

  function ask(event) {
    event.preventDefault();
    const typed = new FormData(form);
    const same = typed.get("q").trim() === (asking().get("q") ?? "");
    const kept = same ? ["nam", "muc"] : []; // the filters of another question say nothing about this one
    const names = ["q", "xep", "dau", ...kept];
    location.hash = address({ nam: "", muc: "", ...Object.fromEntries(names.map((name) => [name, typed.get(name)])) });
  }

  form.addEventListener("submit", ask);
  filters.addEventListener("change", ask);
  addEventListener("hashchange", () => {
    show();
    if (asking().has("trang")) message.focus(); // the link that was followed is gone
    else if (!results.hidden) scrollTo(0, 0);
    else document.getElementById(location.hash.slice(1))?.scrollIntoView(); // it was hidden when the browser looked
  });
  addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    form.elements.q.select();
  });

  // Other pages ask by `?q=…`, which works without a program there.
  if (location.search && !location.hash) location.replace(location.pathname + location.search.replace("?", "#"));
  else show();
})();
