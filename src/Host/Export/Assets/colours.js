// The colours of figures: chosen for white paper, made visible on the page as it is.
(() => {
  "use strict";
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  function channels(colour) {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = "#010203";
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return { rgb: [r, g, b], alpha: a / 255 };
  }
  const luminance = rgb => {
    const [r, g, b] = rgb.map(c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  const mix = (a, b, share) => a.map((c, i) => Math.round(c + (b[i] - c) * share));
  const isGrey = rgb => Math.max(...rgb) - Math.min(...rgb) < 32;
  const text = (rgb, alpha) => alpha < 1 ? `rgba(${rgb},${alpha.toFixed(3)})` : `rgb(${rgb})`;

  // The page's colours as they are here and now; on paper they are the light ones.
  function palette(onPaper) {
    const probe = document.createElement("div");
    if (onPaper) probe.className = "on-paper";
    document.body.append(probe);
    const style = getComputedStyle(probe);
    const colours = {};
    for (const name of ["paper", "ink", "soft", "line"]) {
      probe.style.color = `var(--${name})`;
      colours[name] = style.color;
    }
    colours.font = style.fontFamily;
    colours.isDark = workbook.isDark() && !onPaper;
    probe.remove();
    return colours;
  }

  // A grey keeps its distance from the paper, so that black stays the strongest; any other colour keeps its hue. Lines and letters are moved
  // towards the ink until they stand out from everything that lies behind them.
  function shown(colour, { paper, ink, backs, isDark }, mustStandOut) {
    const { rgb, alpha } = channels(colour);
    const grey = isGrey(rgb), mean = (rgb[0] + rgb[1] + rgb[2]) / 3;
    const start = isDark && grey ? mix(ink, paper, mean / 255) : rgb;
    // White marks on white paper are holes: they stay the colour of the paper.
    if (!mustStandOut || (grey && mean > 240)) return isDark && grey ? text(start, alpha) : colour;
    for (let share = 0; share <= 1; share += 0.05) {
      const mixed = mix(start, ink, share);
      if (backs.every(back => contrast(mixed, back) >= 4.6)) return share === 0 && start === rgb ? colour : text(mixed, alpha);
    }
    return text(ink, alpha);
  }

  // A scale of greys is a surface behind lines: on a dark page it is dark.
  const isSurface = trace => /^(contour|histogram2dcontour|heatmap)$/.test(trace.type ?? "") && !["lines", "none"].includes(trace.contours?.coloring)
    && Array.isArray(trace.colorscale) && trace.colorscale.every(stop => { const { rgb } = channels(stop[1]); return Math.max(...rgb) - Math.min(...rgb) < 48; });

  function recolour(node, sight) {
    for (const [key, value] of Object.entries(node)) {
      if (key === "colorscale" || key === "template") continue;
      const isQuiet = /^(grid|zeroline|fill|border)color$/.test(key);
      if (typeof value === "string" && /bgcolor$/.test(key)) node[key] = `rgb(${sight.paper})`;
      else if (typeof value === "string" && /color$/.test(key)) { if (sight.isDark || !isQuiet) node[key] = shown(value, sight, !isQuiet); }
      else if (Array.isArray(value) && /color$/.test(key) && typeof value[0] === "string") node[key] = value.map(c => shown(c, sight, !isQuiet));
      else if (value && typeof value === "object" && !(Array.isArray(value) && typeof value[0] !== "object")) recolour(value, sight);
    }
  }

  // Gives a figure the colours of the page. On light paper there is something to do only for contours and for lines on a surface.
  function paint({ data, layout, frames }, colours) {
    const paper = channels(colours.paper).rgb, ink = channels(colours.ink).rgb;
    const surfaces = data.filter(isSurface), axes = trace => `${trace.xaxis ?? "x"} ${trace.yaxis ?? "y"}`;
    // A picture on axes of its own lies behind nothing.
    const behind = surface => data.some(trace => !isSurface(trace) && axes(trace) === axes(surface));
    const sight = { paper, ink, isDark: colours.isDark, backs: [paper] };
    for (const trace of surfaces) {
      if (colours.isDark) trace.colorscale = trace.colorscale.map(([at, colour]) => [at, text(mix(paper, ink, 0.8 * (1 - channels(colour).rgb.reduce((a, b) => a + b) / 765)), 1)]);
      if (behind(trace)) sight.backs.push(...trace.colorscale.map(stop => channels(stop[1]).rgb));
    }
    if (!colours.isDark && !surfaces.some(behind)) for (const trace of data) if (/contour/.test(trace.type ?? "")) recolour(trace, sight);
    if (colours.isDark || surfaces.some(behind)) for (const part of [data, layout, frames ?? []]) recolour(part, sight);
  }

  workbook.palette = palette;
  workbook.paint = paint;
})();
