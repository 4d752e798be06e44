// Searches the book. Its words are a script beside the index, which a page from a disk may load too; it is loaded when it is first asked for.
(() => {
  "use strict";
  const bar = document.querySelector(".bar");
  if (!bar) return;
  const root = document.body.dataset.root ?? "";
  const element = (name, properties = {}, ...children) => { const e = Object.assign(document.createElement(name), properties); e.append(...children); return e; };
  const input = element("input", { type: "search", placeholder: "Search the book", autocomplete: "off" });
  const list = element("ul", { className: "found", hidden: true });
  const said = element("span", { className: "label" });
  input.setAttribute("aria-label", "Search the book");
  said.setAttribute("role", "status");
  said.style.cssText = "position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; white-space: nowrap";
  const box = element("div", { className: "search" }, input, said, list);
  box.setAttribute("role", "search");
  bar.append(box);
  const theme = bar.querySelector(".theme");
  if (theme) theme.before(box);

  let index = null;
  const load = () => index ??= new Promise((done, fail) => {
    const script = element("script", { src: `${root}search-index.js`, onload: () => done(window.workbookIndex), onerror: () => fail(new Error(`The words of the book, ${root}search-index.js, are not beside this page.`)) });
    document.head.append(script);
  });

  const plain = text => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  function find(pages, query) {
    const words = plain(query).split(/\s+/).filter(w => w.length > 0);
    const hits = [];
    for (const page of pages)
      for (const section of page.sections) {
        const heading = plain(`${page.title} ${section.heading}`), text = plain(section.text);
        if (!words.every(w => heading.includes(w) || text.includes(w))) continue;
        hits.push({ page, section, words, weight: words.reduce((sum, w) => sum + (plain(section.heading).includes(w) ? 4 : 0) + (heading.includes(w) ? 2 : 0) + Math.min(3, text.split(w).length - 1), 0) });
      }
    return hits.sort((a, b) => b.weight - a.weight).slice(0, 20);
  }

  // A few words around the first hit. A section behind a prediction has no words to show.
  function excerpt({ section, words }) {
    if (section.folded) return ["Behind a prediction."];
    const text = section.text, at = Math.max(0, Math.min(...words.map(w => plain(text).indexOf(w)).filter(i => i >= 0), text.length)), from = Math.max(0, at - 50);
    const part = text.slice(from, from + 160), parts = [];
    const pattern = new RegExp(`(${words.map(w => w.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})`, "gi");
    for (const piece of part.split(pattern)) parts.push(words.includes(plain(piece)) ? element("mark", { textContent: piece }) : piece);
    return [from > 0 ? "… " : "", ...parts, from + 160 < text.length ? " …" : ""];
  }

  async function search() {
    const query = input.value.trim();
    if (query.length < 2) { list.hidden = true; list.replaceChildren(); said.textContent = ""; return; }
    let hits;
    try { hits = find(await load(), query); }
    catch (error) { index = null; list.replaceChildren(element("li", { textContent: error.message })); list.hidden = false; said.textContent = error.message; return; }
    list.replaceChildren(...hits.map(hit => element("li", {},
      element("a", { href: `${root}${hit.page.page}${hit.section.id ? `#${encodeURIComponent(hit.section.id)}` : ""}`, textContent: hit.section.heading && hit.section.heading !== hit.page.title ? `${hit.page.title}: ${hit.section.heading}` : hit.page.title }),
      element("p", {}, ...excerpt(hit)))));
    said.textContent = hits.length === 0 ? "Nothing found" : `${hits.length} found`;
    if (hits.length === 0) list.replaceChildren(element("li", { textContent: `Nothing found for “${query}”.` }));
    list.hidden = false;
  }

  input.addEventListener("input", search);
  input.addEventListener("focus", () => { if (list.children.length > 0) list.hidden = false; });
  box.addEventListener("keydown", event => {
    const links = [...list.querySelectorAll("a")], at = links.indexOf(document.activeElement);
    if (event.key === "Escape") { list.hidden = true; input.focus(); }
    else if (event.key === "ArrowDown" && links.length > 0) { links[Math.min(at + 1, links.length - 1)].focus(); event.preventDefault(); }
    else if (event.key === "ArrowUp" && at >= 0) { (links[at - 1] ?? input).focus(); event.preventDefault(); }
    else if (event.key === "Enter" && document.activeElement === input && links.length > 0) links[0].click();
  });
  list.addEventListener("click", event => { if (event.target.closest("a")) list.hidden = true; });
  addEventListener("click", event => { if (!box.contains(event.target)) list.hidden = true; });
  addEventListener("keydown", event => {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !document.activeElement?.matches("input, textarea, [contenteditable]")) { event.preventDefault(); input.focus(); }
  });
})();
