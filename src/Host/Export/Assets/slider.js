// Puts a slider of the browser in the place of plotly's: it has a keyboard, and says its state to those who do not see.
(() => {
  "use strict";
  const stepsOf = source => source.layout?.sliders?.[0]?.steps ?? [];
  const frameOf = step => step.args?.[0]?.[0];
  // Sliders that do other things than show frames stay plotly's.
  const isSlider = source => Array.isArray(source.frames) && stepsOf(source).length > 1 && stepsOf(source).every(s => s.method === "animate" && typeof frameOf(s) === "string");

  // Steps that carry their frames refer to them by name from here on, as those of other makers do.
  function named(source) {
    const steps = stepsOf(source);
    if (source.frames || steps.length < 2 || !steps.every(s => s.method === "animate" && s.args?.[0]?.length === 1 && typeof frameOf(s) === "object" && frameOf(s))) return source;
    source.frames = steps.map((step, i) => ({ ...frameOf(step), name: `state ${i}` }));
    steps.forEach((step, i) => { step.args[0] = [`state ${i}`]; });
    return source;
  }
  const words = html => new DOMParser().parseFromString(String(html).replace(/<br\s*\/?>/g, " "), "text/html").body.textContent.trim();
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  function build(one) {
    const { figure, plot, source } = one;
    const slider = source.layout.sliders[0], steps = stepsOf(source);
    const box = document.createElement("div"), label = document.createElement("label"), input = document.createElement("input"), output = document.createElement("output");
    const name = words(slider.currentvalue?.prefix ?? "").replace(/[:=]\s*$/, "") || source.layout.meta?.wb?.name || "state";
    box.className = "slide";
    Object.assign(input, { type: "range", min: 0, max: steps.length - 1, step: 1, value: slider.active ?? 0 });
    label.append(`${name} `, input);
    box.append(label, output);
    const caption = figure.querySelector("figcaption"), firstCaption = caption?.innerHTML, alt = plot.getAttribute("aria-label");
    let playing = 0;

    async function go() {
      const index = +input.value, step = steps[index], layout = source.frames.find(f => f.name === frameOf(step))?.layout;
      const value = `${words(step.label)}${slider.currentvalue?.suffix ?? ""}`;
      output.textContent = value;
      input.setAttribute("aria-valuetext", layout?.meta?.alt ? `${value}. ${layout.meta.alt}` : value);
      plot.setAttribute("aria-label", layout?.meta?.alt ?? alt);
      const title = layout?.title?.text ?? (typeof layout?.title === "string" ? layout.title : null);
      if (caption) { if (title) caption.textContent = words(title); else caption.innerHTML = firstCaption; }
      await Plotly.animate(plot, [frameOf(step)], { mode: "immediate", transition: { duration: 0 }, frame: { duration: 0, redraw: true } });
      await workbook.settle(plot);
    }
    // Steps may come faster than they can be drawn: the last one counts.
    let running = null, isLate = false;
    const follow = () => {
      if (running) { isLate = true; return running; }
      running = go().catch(error => console.warn(error)).then(() => { running = null; if (isLate) { isLate = false; return follow(); } });
      return running;
    };
    input.addEventListener("input", () => { stop(); window.figuresDrawn = Promise.all([window.figuresDrawn, follow()]); });

    const play = document.createElement("button");
    play.type = "button";
    const stop = () => { clearTimeout(playing); playing = 0; play.textContent = "Play"; };
    const next = async () => {
      if (+input.value >= steps.length - 1) return stop();
      input.value = +input.value + 1;
      await follow();
      if (playing) playing = setTimeout(next, pause);
    };
    const pause = Math.min(600, 6000 / steps.length);
    play.addEventListener("click", () => {
      if (playing) return stop();
      if (+input.value >= steps.length - 1) input.value = 0;
      play.textContent = "Pause";
      playing = setTimeout(next, 0);
    });
    stop();
    if (!still.matches) box.append(play);
    plot.before(box);
    Object.assign(one, { go: follow });
  }

  workbook.isSlider = isSlider;
  workbook.named = named;
  workbook.slide = async (one) => {
    if (!isSlider(one.source)) return;
    if (!one.go) build(one);
    await one.go();
  };
})();
