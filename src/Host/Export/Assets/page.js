// Draws the figures of a page in its colours and at its width, and lets the keyboard reach boxes that scroll.
(() => {
  "use strict";
  const narrow = matchMedia("(max-width: 37.5em)");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  // An output may hold elements of any class; a figure of ours is told by its parts.
  const figures = [...document.querySelectorAll("figure.figure")].flatMap(figure => {
    const plot = figure.querySelector(":scope > .drawing"), data = figure.querySelector(":scope > script[type='application/json']");
    return plot && data ? [{ plot, source: JSON.parse(data.textContent) }] : [];
  });

  function palette(onPaper) {
    const probe = document.createElement("div");
    if (onPaper) probe.className = "on-paper";
    document.body.append(probe);
    const style = getComputedStyle(probe);
    const colours = Object.fromEntries(["paper", "ink", "soft", "line"].map(n => [n, style.getPropertyValue(`--${n}`).trim()]));
    colours.font = style.fontFamily;
    probe.remove();
    return colours;
  }

  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  function channels(colour) {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = "#010203";
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return { rgb: [r, g, b], alpha: a };
  }
  function luminance(rgb) {
    const [r, g, b] = rgb.map(c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }
  function contrast(a, b) {
    const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  }

  // A colour chosen for white paper, made visible on the dark page: a grey keeps its distance from the paper, so that black stays
  // the strongest; any other colour is lightened as far as needed and keeps its hue.
  function visible(colour, colours) {
    const { rgb, alpha } = channels(colour);
    if (alpha < 255) return colour;
    const paper = channels(colours.paper).rgb, ink = channels(colours.ink).rgb;
    const mean = (rgb[0] + rgb[1] + rgb[2]) / 3;
    if (Math.max(...rgb) - Math.min(...rgb) < 32) return `rgb(${ink.map((c, i) => Math.round(c + (paper[i] - c) * mean / 255))})`;
    for (let share = 0; share <= 1; share += 0.1) {
      const mixed = rgb.map((c, i) => Math.round(c + (ink[i] - c) * share));
      if (contrast(mixed, paper) >= 4.5) return share === 0 ? colour : `rgb(${mixed})`;
    }
    return colours.ink;
  }

  function recolour(node, colours) {
    for (const [key, value] of Object.entries(node)) {
      if (key === "colorscale" || key === "template") continue;
      if (typeof value === "string" && /bgcolor$/.test(key)) node[key] = colours.paper;
      else if (typeof value === "string" && /color$/.test(key)) node[key] = visible(value, colours);
      else if (Array.isArray(value) && /color$/.test(key) && typeof value[0] === "string") node[key] = value.map(c => visible(c, colours));
      else if (value && typeof value === "object" && !(Array.isArray(value) && typeof value[0] !== "object")) recolour(value, colours);
    }
  }

  function styled(source, onPaper) {
    const { data = [], layout = {}, frames, config } = structuredClone(source);
    const colours = palette(onPaper);
    if (dark.matches && !onPaper) recolour({ data, layout }, colours);

    delete layout.title;
    delete layout.width;
    layout.autosize = true;
    layout.paper_bgcolor = layout.plot_bgcolor = "rgba(0,0,0,0)";
    layout.font = { ...layout.font, family: colours.font, size: narrow.matches ? 11 : 13, color: colours.ink };
    layout.hoverlabel = { ...layout.hoverlabel, font: { ...layout.hoverlabel?.font, family: colours.font } };

    // Every axis that a trace uses is named, so that it can be given the page's colours.
    const flat = data.filter(t => !t.scene && !/3d|surface|mesh|cone|volume|isosurface|streamtube|pie|table|sankey|polar|ternary|sunburst|treemap|indicator/.test(t.type ?? ""));
    for (const trace of flat) for (const letter of ["x", "y"]) layout[(trace[`${letter}axis`] ?? letter).replace(letter, `${letter}axis`)] ??= {};
    const isAxis = key => /^[xyz]axis\d*$/.test(key);
    for (const trace of data) if (/surface|3d/.test(trace.type ?? "")) layout[trace.scene ?? "scene"] ??= {};
    const scenes = Object.keys(layout).filter(k => /^scene\d*$/.test(k)).map(k => layout[k]);
    for (const scene of scenes) for (const letter of "xyz") scene[`${letter}axis`] ??= {};
    for (const box of [layout, ...scenes])
      for (const key of Object.keys(box).filter(isAxis)) {
        const axis = box[key];
        Object.assign(axis, { gridcolor: axis.gridcolor ?? colours.line, zerolinecolor: axis.zerolinecolor ?? colours.line, linecolor: axis.linecolor ?? colours.soft });
        if (box === layout) axis.automargin = true;
      }

    // Plotly's own camera stands so close that the labels of the axes are cut off.
    const distance = narrow.matches ? 1.75 : 1.45;
    for (const scene of scenes) scene.camera ??= { eye: { x: distance, y: distance, z: 0.75 * distance } };

    const above = (layout.annotations ?? []).some(a => a.yref === "paper" && a.y >= 1) || layout.updatemenus?.length;
    const margin = layout.margin ?? {};
    const room = flat.length > 0 ? { l: 56, r: 16, b: 48 } : { l: 8, r: 8, b: 8 };
    layout.margin = { ...room, ...margin, t: above ? Math.min(margin.t ?? 48, 64) : narrow.matches ? 12 : 30 };
    for (const note of layout.annotations ?? []) note.arrowcolor ??= colours.soft;
    layout.modebar = { bgcolor: "rgba(0,0,0,0)", color: colours.soft, activecolor: colours.ink, ...layout.modebar };
    if (narrow.matches) {
      Object.assign(layout.margin, { l: Math.min(layout.margin.l, 48), r: Math.min(layout.margin.r, 88), b: Math.min(layout.margin.b, 64) });
      layout.legend = { ...layout.legend, orientation: "h", x: 0, xanchor: "left", y: -0.25, yanchor: "top", font: { ...layout.legend?.font, size: 11 } };
      layout.dragmode = false;
      for (const note of layout.annotations ?? []) note.font = { ...note.font, size: Math.min(note.font?.size ?? 11, 11) };
      for (const trace of data) if (trace.colorbar) trace.colorbar = { ...trace.colorbar, thickness: 10 };
    }
    return { data, layout, frames, config: { ...config, responsive: true, displaylogo: false, displayModeBar: narrow.matches ? false : "hover", modeBarButtonsToRemove: ["lasso2d", "select2d"] } };
  }

  // One figure that cannot be drawn says so in its place; the others are drawn all the same.
  function draw(onPaper = false) {
    return Promise.all(figures.map(figure => drawOne(figure, onPaper).catch(error => {
      console.warn(error);
      figure.plot.style.minHeight = 0;
      figure.plot.textContent = `This figure cannot be drawn: ${error?.message ?? error}`;
    })));
  }

  async function drawOne({ plot, source }, onPaper) {
    const { data, layout, frames, config } = styled(source, onPaper);
    const { width, height } = source.layout ?? {};
    layout.height = Math.max(320, height ? Math.min(height, width ? plot.clientWidth * height / width : height) : Math.min(440, plot.clientWidth * 0.58));
    plot.style.minHeight = `${layout.height}px`;
    await Plotly.react(plot, data, layout, config);
    if (frames && !plot.dataset.frames) {
      plot.dataset.frames = "added";
      await Plotly.addFrames(plot, frames);
    }
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

  if (figures.length > 0) {
    window.figuresDrawn = draw();
    for (const query of [narrow, dark]) query.addEventListener("change", () => draw());
    addEventListener("beforeprint", () => draw(true));
    addEventListener("afterprint", () => draw());
  }
  reachable();
  addEventListener("resize", reachable);
})();
