// Moves the labels of a figure off its curves, its marks and one another, as little as needed.
(() => {
  "use strict";
  const isScatter = trace => trace.visible === true && /^scatter(gl)?$/.test(trace.type) && trace._length > 0;

  // Points of curves and marks, in pixels of the whole figure, a few pixels from one another.
  function ink(plot) {
    const { _fullLayout: layout, _fullData: data } = plot, points = [];
    for (const trace of data.filter(isScatter)) {
      const x = layout[trace.xaxis.replace("x", "xaxis")], y = layout[trace.yaxis.replace("y", "yaxis")];
      const at = i => [x._offset + x.d2p(trace.x?.[i] ?? i), y._offset + y.d2p(trace.y?.[i] ?? i)];
      let before = null;
      for (let i = 0; i < trace._length; i++) {
        const point = at(i);
        if (!point.every(Number.isFinite)) { before = null; continue; }
        if (trace.mode.includes("markers")) points.push([...point, Math.min(12, (Array.isArray(trace.marker.size) ? trace.marker.size[i] : trace.marker.size) / 2 || 3)]);
        if (trace.mode.includes("lines")) {
          const steps = before ? Math.min(400, Math.ceil(Math.hypot(point[0] - before[0], point[1] - before[1]) / 3)) : 1;
          for (let s = 1; s <= steps; s++) {
            const p = before ? [before[0] + (point[0] - before[0]) * s / steps, before[1] + (point[1] - before[1]) * s / steps] : point;
            if (p[0] >= x._offset - 1 && p[0] <= x._offset + x._length + 1 && p[1] >= y._offset - 1 && p[1] <= y._offset + y._length + 1) points.push([...p, 1]);
          }
          before = point;
        }
      }
    }
    return points;
  }

  const meets = (box, other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom;
  const moved = (box, dx, dy) => ({ left: box.left + dx, right: box.right + dx, top: box.top + dy, bottom: box.bottom + dy });
  const covers = (box, points) => points.reduce((n, [x, y, r]) => n + (x + r > box.left && x - r < box.right && y + r > box.top && y - r < box.bottom), 0);

  // Where a label may go, the nearest first.
  const ways = [];
  for (let dx = -120; dx <= 120; dx += 8) for (let dy = -96; dy <= 96; dy += 6) ways.push([dx, dy]);
  ways.sort((a, b) => Math.hypot(a[0], a[1] * 1.2) - Math.hypot(b[0], b[1] * 1.2));

  // A line of keys below the plot that is wider than the figure becomes several lines, and the figure higher by them.
  async function wrap(plot) {
    const frame = plot.getBoundingClientRect(), change = {};
    let more = 0;
    (plot.layout.annotations ?? []).forEach((note, i) => {
      const items = (note.text ?? "").split(/ {2,}/), box = plot.querySelector(`.annotation[data-index="${i}"] .annotation-text-g rect.bg`)?.getBoundingClientRect();
      if (note.yref !== "paper" || note.y !== 0 || items.length < 2 || !box || box.width < frame.right - plot._fullLayout._size.l - frame.left - 4) return;
      const fits = Math.max(1, Math.floor(items.length * (frame.width - plot._fullLayout._size.l - 4) / (box.width * 1.15)));
      const lines = [];
      for (let at = 0; at < items.length; at += fits) lines.push(items.slice(at, at + fits).join("   "));
      more = Math.max(more, (lines.length - 1) * 1.4 * (note.font?.size ?? 12));
      change[`annotations[${i}].text`] = lines.join("<br>");
      change[`annotations[${i}].align`] = "left";
    });
    if (more > 0) await Plotly.relayout(plot, { ...change, height: plot._fullLayout.height + more, "margin.b": plot._fullLayout.margin.b + more });
    if (more > 0) plot.style.minHeight = `${plot._fullLayout.height}px`;
  }

  const isKeys = note => note.yref === "paper" && note.y === 0;

  // A line of keys that meets the axis's numbers or title goes below them, and the figure becomes higher by that.
  async function lower(plot) {
    const lowest = Math.max(...[...plot.querySelectorAll(".xtick text, .xtitle")].map(word => word.getBoundingClientRect().bottom)), change = {};
    let more = 0;
    (plot.layout.annotations ?? []).forEach((note, i) => {
      const box = isKeys(note) && plot.querySelector(`.annotation[data-index="${i}"] .annotation-text-g rect.bg`)?.getBoundingClientRect();
      if (!box || box.width === 0 || !(lowest > box.top)) return;
      more = Math.max(more, lowest - box.top);
      change[`annotations[${i}].yshift`] = (note.yshift ?? 0) - (lowest - box.top);
    });
    if (more === 0) return;
    await Plotly.relayout(plot, { ...change, height: plot._fullLayout.height + more, "margin.b": plot._fullLayout.margin.b + more });
    plot.style.minHeight = `${plot._fullLayout.height}px`;
  }

  async function settle(plot) {
    if ((plot.layout.annotations ?? []).length === 0 || !plot._fullLayout?._size) return;
    await wrap(plot);
    await lower(plot);
    const notes = plot.layout.annotations;
    const frame = plot.getBoundingClientRect(), points = ink(plot);
    const place = element => {
      const box = element?.getBoundingClientRect();
      return box?.width > 0 ? { left: box.left - frame.left, right: box.right - frame.left, top: box.top - frame.top, bottom: box.bottom - frame.top } : null;
    };
    const boxes = notes.map((note, i) => place(plot.querySelector(`.annotation[data-index="${i}"] .annotation-text-g rect.bg`)));
    const words = [...plot.querySelectorAll(".xtick text, .ytick text, .xtitle, .ytitle, .legend .bg, .colorbar text")].map(place).filter(box => box);
    const change = {};
    boxes.forEach((box, i) => {
      const note = notes[i];
      // An arrow between two points of the plane stays; its words are a label of their own.
      const isDrawn = !note.text || note.axref && note.axref !== "pixel";
      if (!box || isDrawn || note.visible === false || note.yref === "paper" && note.y >= 1 || isKeys(note)) return;
      const others = [...boxes.filter((other, j) => other && j !== i), ...words];
      const score = at => covers(at, points) + 20 * others.filter(other => meets(at, other)).length
        + (at.left < 0 || at.top < 0 || at.right > frame.width || at.bottom > frame.height ? 1000 : 0);
      let best = [0, 0], least = score(box);
      for (const way of ways) {
        if (least === 0) break;
        const value = score(moved(box, ...way));
        if (value < least) [best, least] = [way, value];
      }
      const [dx, dy] = best;
      if (dx === 0 && dy === 0) return;
      boxes[i] = moved(box, dx, dy);
      const name = property => `annotations[${i}].${property}`;
      if (note.showarrow === false) Object.assign(change, { [name("xshift")]: (note.xshift ?? 0) + dx, [name("yshift")]: (note.yshift ?? 0) - dy });
      else Object.assign(change, { [name("ax")]: (note.ax ?? -10) + dx, [name("ay")]: (note.ay ?? -30) + dy });
    });
    if (Object.keys(change).length > 0) await Plotly.relayout(plot, change);
  }

  workbook.settle = settle;
})();
