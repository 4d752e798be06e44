// A button on each block of code that copies it: a cell's code whole and in its order, wherever its pieces stand.
(() => {
  "use strict";
  function source(pre) {
    const parts = [...(pre.closest(".cell, .solution") ?? pre).querySelectorAll("[data-part]")];
    return parts.length === 0 || !pre.querySelector("[data-part]") ? pre.querySelector("code").textContent
      : parts.sort((a, b) => a.dataset.part - b.dataset.part).map(p => p.textContent).join("\n");
  }

  async function copy(text) {
    if (navigator.clipboard && isSecureContext) return navigator.clipboard.writeText(text);
    // Pages from a disk have no clipboard in some browsers; the older way goes through a selection.
    const area = document.createElement("textarea");
    area.value = text;
    area.style.cssText = "position: fixed; opacity: 0";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (!done) throw new Error("The browser did not copy.");
  }

  for (const pre of document.querySelectorAll("pre.code")) {
    const box = document.createElement("div");
    box.className = "copied";
    pre.replaceWith(box);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      button.textContent = await copy(source(pre)).then(() => "Copied", error => `Not copied: ${error.message}`);
      setTimeout(() => { button.textContent = "Copy"; }, 2000);
    });
    // Two announcements of a change would be one too many: the button's own name is the message.
    button.setAttribute("aria-live", "polite");
    box.append(pre, button);
  }
})();
