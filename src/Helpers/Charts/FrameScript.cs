namespace Workbook.Helpers;

/// <summary>Moves a figure of several states: a slider of the browser's own, which the keyboard and screen readers know.</summary>
static class FrameScript
{
    /// <summary>
    /// A function <c>control(box, layout)</c>: takes the slider of plotly.js out of the layout and gives what makes another.
    /// </summary>
    public const string Text = """
        const control = (box, layout) => {
          const { name, kind, room } = layout.meta.wb, { active, steps } = layout.sliders[0];
          layout.height -= room;
          layout.margin.b -= room;
          delete layout.sliders;
          delete layout.updatemenus;
          return () => {
            const range = document.createElement("input"), value = document.createElement("output"), row = document.createElement("p");
            const label = document.createElement("label");
            const options = { mode: "immediate", frame: { duration: 0, redraw: true }, transition: { duration: 0 } };
            Object.assign(range, { type: "range", min: 0, max: steps.length - 1, step: 1, value: active });
            range.style.width = "60%";
            const show = () => {
              const { label, args: [[frame]] } = steps[range.value];
              value.textContent = label;
              range.setAttribute("aria-valuetext", label);
              box.setAttribute("aria-label", frame.layout.meta.alt);
              return Plotly.animate(box, [frame], options);
            };
            label.append(`${name} `, range, " ", value);
            row.append(label);
            range.addEventListener("input", show);
            if (kind === "replay") {
              const play = document.createElement("button");
              let timer = 0;
              const stop = () => { clearInterval(timer); timer = 0; play.textContent = "Play"; };
              play.type = "button";
              play.addEventListener("click", () => {
                if (timer) return stop();
                if (+range.value === +range.max) range.value = 0;
                play.textContent = "Pause";
                timer = setInterval(() => { range.stepUp(); show(); if (+range.value === +range.max) stop(); }, 100);
              });
              stop();
              row.prepend(play, " ");
            }
            value.textContent = steps[active].label;
            range.setAttribute("aria-valuetext", steps[active].label);
            box.after(row);
          };
        };
        """;
}
