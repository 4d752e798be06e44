// What every page does: the switch of the theme, boxes that scroll by keyboard, folds that open for paper and for an address in them.
(() => {
  "use strict";
  const bar = document.querySelector(".bar");
  const themes = { system: "◐ System", light: "☀ Light", dark: "☾ Dark" };
  if (bar) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "theme";
    const order = Object.keys(themes);
    const now = () => document.documentElement.dataset.theme ?? "system";
    const name = () => { button.textContent = themes[now()]; button.setAttribute("aria-label", `Colours: ${now()}. Change them.`); };
    button.addEventListener("click", () => { workbook.choose(order[(order.indexOf(now()) + 1) % order.length]); name(); });
    name();
    bar.append(button);
  }

  function reachable() {
    for (const box of document.querySelectorAll("pre, .scroll, .formula"))
      if (box.scrollWidth > box.clientWidth) {
        box.tabIndex = 0;
        box.setAttribute("role", "region");
        box.setAttribute("aria-label", box.matches("pre") ? "Code or text, scrolls sideways" : "Scrolls sideways");
      } else box.removeAttribute("tabindex");
  }

  // Wide screens have room for the contents beside the text; the style alone says so to newer browsers.
  const contents = document.querySelector(".contents details");
  const wide = matchMedia("(min-width: 72rem)");
  const unfold = () => { if (contents) contents.open = wide.matches; };
  unfold();
  wide.addEventListener("change", unfold);

  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const fold of folded) fold.open = true;
  });
  addEventListener("afterprint", () => { for (const fold of folded) fold.open = false; });

  function reveal() {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    target.scrollIntoView();
  }
  addEventListener("hashchange", reveal);
  reveal();

  reachable();
  addEventListener("resize", reachable);
  addEventListener("toggle", reachable, { capture: true });
})();
