// Draws the figures of a page in its colours and at its width, each when it is first seen.
(() => {
  "use strict";
  const narrow = matchMedia("(max-width: 37.5em)");
  // A finger has nowhere to hover: after a tap the bar of modes would stay, on whatever lies below it, and a drag is for the page.
  const touch = matchMedia("(hover: none)");
  // An output may hold elements of any class; a figure of ours is told by its parts.
  const figures = [...document.querySelectorAll("figure.figure")].flatMap(figure => {
    const plot = figure.querySelector(":scope > .drawing"), data = figure.querySelector(":scope > script[type='application/json']");
    if (!plot || !data) return [];
    const source = JSON.parse(data.textContent);
    return [{ figure, plot, source: workbook.named?.(source) ?? source, isDrawn: false }];
  });

  function styled(source, onPaper) {
    const { data = [], layout = {}, frames, config } = structuredClone(source);
    const colours = workbook.palette(onPaper);
    workbook.paint({ data, layout, frames }, colours);

    delete layout.title;
    for (const frame of frames ?? []) if (frame.layout) delete frame.layout.title;
    if (workbook.isSlider?.(source)) { takeOut(layout); }
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
    if (narrow.matches || touch.matches) layout.dragmode = false;
    if (narrow.matches) {
      Object.assign(layout.margin, { l: Math.min(layout.margin.l, 48), r: Math.min(layout.margin.r, 88), b: Math.min(layout.margin.b, 64) });
      layout.legend = { ...layout.legend, orientation: "h", x: 0, xanchor: "left", y: -0.25, yanchor: "top", font: { ...layout.legend?.font, size: 11 } };
      for (const note of layout.annotations ?? []) note.font = { ...note.font, size: Math.min(note.font?.size ?? 11, 11) };
      for (const trace of data) if (trace.colorbar) trace.colorbar = { ...trace.colorbar, thickness: 10 };
    }
    return { data, layout, frames, config: { ...config, responsive: true, displaylogo: false, displayModeBar: narrow.matches || touch.matches ? false : "hover", modeBarButtonsToRemove: ["lasso2d", "select2d"] } };
  }

  // Plotly's own slider goes, and with it the room that was left for it.
  function takeOut(layout) {
    const room = layout.meta?.wb?.room ?? 0;
    delete layout.sliders;
    delete layout.updatemenus;
    if (layout.margin?.b) layout.margin.b = Math.max(0, layout.margin.b - room);
  }

  async function drawOne(one, onPaper) {
    const { plot, source } = one;
    const { data, layout, frames, config } = styled(source, onPaper);
    const { width, height: given } = source.layout ?? {};
    const height = given && workbook.isSlider?.(source) ? given - (source.layout.meta?.wb?.room ?? 0) : given;
    layout.height = Math.max(320, height ? Math.min(height, width ? plot.clientWidth * height / width : height) : Math.min(440, plot.clientWidth * 0.58));
    plot.style.minHeight = `${layout.height}px`;
    await Plotly.react(plot, data, layout, config);
    if (frames) {
      if (one.hasFrames) await Plotly.deleteFrames(plot);
      await Plotly.addFrames(plot, frames);
      one.hasFrames = true;
      await workbook.slide?.(one, frames);
    }
    await workbook.settle(plot);
  }

  // One figure that cannot be drawn says so in its place; the others are drawn all the same. What lies in a closed fold has no width yet.
  function draw(isDue, onPaper = false) {
    const due = figures.filter(one => one.plot.checkVisibility() && isDue(one));
    window.figuresDrawn = Promise.all([window.figuresDrawn, ...due.map(one => inTurn(one, onPaper))]);
    return window.figuresDrawn;
  }

  // What was asked for last is drawn last: else the end of an earlier drawing paints over it in colours of before. Where none is being drawn it begins at once, as paper does not wait.
  function inTurn(one, onPaper) {
    const run = () => drawOne(one, onPaper).catch(error => {
      console.warn(error);
      one.plot.style.minHeight = 0;
      one.plot.textContent = `This figure cannot be drawn: ${error?.message ?? error}`;
    });
    one.isDrawn = true;
    const turn = one.turn ? one.turn.then(run) : run();
    one.turn = turn;
    turn.then(() => { if (one.turn === turn) one.turn = null; });
    return turn;
  }
  const anew = onPaper => {
    for (const one of figures) one.isDrawn = false;
    return draw(() => true, onPaper);
  };
  workbook.figures = figures;
  workbook.draw = anew;

  anew(false);
  for (const media of [narrow, touch]) media.addEventListener("change", () => anew(false));
  document.addEventListener("workbook:theme", () => anew(false));
  addEventListener("toggle", () => draw(one => !one.isDrawn), { capture: true });
  addEventListener("beforeprint", () => anew(true));
  addEventListener("afterprint", () => anew(false));
})();
