// What a reader would complain of, found in a page that is open at some width: an array of sentences.
(async () => {
  await window.figuresDrawn;
  await document.fonts.ready;
  const complaints = [];
  const name = e => `${e.tagName.toLowerCase()}${e.id ? "#" + e.id : ""}${e.className && typeof e.className === "string" ? "." + e.className.trim().split(/\s+/).join(".") : ""} “${(e.textContent ?? "").trim().slice(0, 40)}”`;
  const shown = e => e.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && e.getBoundingClientRect().width > 0;

  const root = document.documentElement;
  if (root.scrollWidth > innerWidth) {
    const wide = [...document.querySelectorAll("main *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest("pre, .scroll, .formula, svg"));
    complaints.push(`The page is ${root.scrollWidth} wide on a screen of ${innerWidth}: ${wide.slice(0, 3).map(name).join(", ")}`);
  }

  for (const plot of document.querySelectorAll(".drawing")) {
    if (!shown(plot)) continue;
    const box = plot.getBoundingClientRect();
    const drawing = plot.querySelector(".main-svg");
    if (!drawing || !plot.querySelector(".trace, .gl-container canvas, .slice, .surface, .bars, .hm")) {
      complaints.push(`Not drawn: ${name(plot.closest(".figure"))}`);
      continue;
    }
    const size = drawing.getBoundingClientRect();
    if (Math.abs(size.width - box.width) > 2) complaints.push(`A figure of ${size.width} in a box of ${box.width}: ${name(plot.closest(".figure"))}`);
    const texts = [...plot.querySelectorAll("svg text")].filter(t => t.textContent.trim() && shown(t)).map(t => ({ t, r: t.getBoundingClientRect() }));
    for (const { t, r } of texts)
      if (r.left < box.left - 1 || r.right > box.right + 1 || r.top < box.top - 1 || r.bottom > box.bottom + 1) complaints.push(`Cut off in its figure: ${name(t)}`);
    for (let i = 0; i < texts.length; i++)
      for (let j = i + 1; j < texts.length; j++) {
        const a = texts[i].r, b = texts[j].r;
        if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3)
          complaints.push(`Text over text in a figure: ${name(texts[i].t)} and ${name(texts[j].t)}`);
      }
  }

  // What a curve draws, in the screen's pixels; a label must not lie on it.
  const strokes = path => {
    const length = path.getTotalLength(), matrix = path.getScreenCTM();
    return Array.from({ length: Math.min(600, Math.ceil(length / 4)) + 1 }, (_, i, n = Math.min(600, Math.ceil(length / 4))) => path.getPointAtLength(length * i / Math.max(n, 1)).matrixTransform(matrix));
  };
  for (const plot of document.querySelectorAll(".drawing")) {
    if (!shown(plot)) continue;
    const area = plot.querySelector(".bglayer, .plot")?.getBoundingClientRect();
    const curves = [...plot.querySelectorAll(".js-line")].flatMap(strokes).filter(p => p.x >= area.left && p.x <= area.right && p.y >= area.top && p.y <= area.bottom);
    const marks = [...plot.querySelectorAll(".points path")].map(p => p.getBoundingClientRect());
    for (const label of plot.querySelectorAll(".annotation .annotation-text-g rect.bg")) {
      const r = label.getBoundingClientRect(), words = label.closest(".annotation");
      // An arrow without words has an empty label at its end.
      if (words.textContent.trim() === "") continue;
      if (curves.some(p => p.x > r.left + 1 && p.x < r.right - 1 && p.y > r.top + 1 && p.y < r.bottom - 1)) complaints.push(`A label on a curve: ${name(words)}`);
      else if (marks.some(m => m.left < r.right - 1 && m.right > r.left + 1 && m.top < r.bottom - 1 && m.bottom > r.top + 1)) complaints.push(`A label on a mark: ${name(words)}`);
    }
  }

  const flow = document.querySelectorAll("main, main section, main .cell, main .outputs, main .figure");
  for (const parent of flow) {
    const blocks = [...parent.children].filter(e => shown(e) && getComputedStyle(e).position !== "absolute" && getComputedStyle(e).display !== "inline");
    for (let i = 1; i < blocks.length; i++)
      if (blocks[i].getBoundingClientRect().top < blocks[i - 1].getBoundingClientRect().bottom - 1) complaints.push(`One over the other: ${name(blocks[i - 1])} and ${name(blocks[i])}`);
  }

  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const channels = colour => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map(c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const behind = element => {
    for (let e = element; e; e = e.parentElement) {
      const colour = channels(getComputedStyle(e).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return [255, 255, 255, 255];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const faint = new Set();
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || element.closest("script, style, noscript, annotation, .modebar") || !shown(element)) continue;
    const inDrawing = element.closest("svg") && element.closest(".drawing");
    const style = getComputedStyle(element);
    const [high, low] = [luminance(channels(inDrawing ? style.fill : style.color)), luminance(behind(element))].sort((a, b) => b - a);
    const contrast = (high + 0.05) / (low + 0.05);
    if (contrast < 4.5) faint.add(`Contrast ${contrast.toFixed(2)}: ${name(element)}`);
  }
  // Curves and contours: against the paper, and against the surface that they lie on.
  for (const plot of document.querySelectorAll(".drawing")) {
    if (!shown(plot)) continue;
    const backs = [behind(plot), ...[...plot.querySelectorAll(".contourfill path")].map(p => channels(getComputedStyle(p).fill)).filter(c => c[3] > 0 && Math.max(...c.slice(0, 3)) - Math.min(...c.slice(0, 3)) < 48)];
    for (const line of plot.querySelectorAll(".js-line, .contourlines path, .contourlevel path")) {
      const style = getComputedStyle(line), stroke = channels(style.stroke);
      if (style.stroke === "none" || stroke[3] < 255 || parseFloat(style.strokeWidth) === 0) continue;
      const worst = Math.min(...backs.map(back => { const [high, low] = [luminance(stroke), luminance(back)].sort((a, b) => b - a); return (high + 0.05) / (low + 0.05); }));
      if (worst < 4.5) faint.add(`Contrast ${worst.toFixed(2)} of a line ${style.stroke}: ${name(plot.closest(".figure"))}`);
    }
  }
  complaints.push(...faint);

  const levels = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map(h => +h.tagName[1]);
  if (levels.filter(l => l === 1).length !== 1) complaints.push(`The page has ${levels.filter(l => l === 1).length} headings of the first level`);
  levels.forEach((l, i) => { if (i > 0 && l > levels[i - 1] + 1) complaints.push(`A heading of level ${l} follows one of level ${levels[i - 1]}`); });
  for (const image of document.querySelectorAll("img:not([alt])")) complaints.push(`A picture without a text: ${image.src.slice(0, 60)}`);
  for (const plot of document.querySelectorAll(".drawing")) if (!plot.getAttribute("aria-label")) complaints.push("A figure without a text");
  const ids = [...document.querySelectorAll("main [id]:not(svg *), nav [id]")].map(e => e.id);
  ids.filter((id, i) => ids.indexOf(id) !== i).forEach(id => complaints.push(`The id ${id} is there twice`));
  return complaints;
})()
