// Escape takes an explanation away that covers what one reads, until one comes to its word again.
(() => {
  "use strict";
  addEventListener("keydown", event => {
    if (event.key === "Escape") for (const box of document.querySelectorAll(".term-box")) if (box.matches(":hover, :focus-within")) box.classList.add("hushed");
  });
  for (const type of ["mouseout", "focusout"]) addEventListener(type, event => event.target.closest?.(".term-box")?.classList.remove("hushed"));
})();
