// Questions that the reader answers before what follows opens. The answers are kept in the browser, by page and question.
(() => {
  "use strict";
  const page = document.body.dataset.page ?? "";
  const key = id => `workbook:said:${page}:${id}`;
  const questions = [...document.querySelectorAll(".wb-prediction[data-id]")].map(box => ({ box, id: box.dataset.id, isNumber: box.dataset.kind === "number" }));
  const answers = new Map([...document.querySelectorAll(".wb-reveal[data-for]")].map(box => [box.dataset.for, box]));
  if (questions.length === 0) return;

  // A comma is a point to some readers; thousands are written without either.
  const number = text => { const value = text.trim().replace(",", ".").replace("−", "-"); return value !== "" && Number.isFinite(Number(value)) ? Number(value) : null; };
  function isRight(question, said) {
    const { answer, within } = answers.get(question.id).dataset;
    if (!question.isNumber) return said === answer;
    const allowed = within === undefined || within === "" ? Math.abs(Number(answer)) / 10 : Number(within);
    // The answer is written in decimals: a bound that is met exactly is met.
    return Math.abs(number(said) - Number(answer)) <= allowed * (1 + 1e-9);
  }
  const element = (name, properties = {}, ...children) => { const e = Object.assign(document.createElement(name), properties); e.append(...children); return e; };

  function build(question) {
    const { box, id, isNumber } = question;
    const state = element("p", { className: "state" });
    state.setAttribute("role", "status");
    if (isNumber) {
      const input = element("input", { type: "text", inputMode: "decimal", autocomplete: "off" });
      input.setAttribute("aria-label", box.querySelector("legend")?.textContent ?? "Your number");
      const send = () => {
        if (number(input.value) === null) { state.replaceChildren("Expected a number, such as 0.3."); input.focus(); }
        else say(question, input.value.trim());
      };
      input.addEventListener("keydown", event => { if (event.key === "Enter") send(); });
      box.append(element("div", { className: "entry" }, input, element("button", { type: "button", textContent: "That is my prediction", onclick: send })));
    } else {
      const list = box.querySelector("ol");
      list.classList.add("asked");
      for (const item of list.children) {
        const button = element("button", { type: "button", onclick: () => say(question, item.dataset.choice) }, `${item.dataset.choice}) `, ...item.childNodes);
        item.replaceChildren(button);
      }
    }
    box.append(state);
    Object.assign(question, { state });
    const said = workbook.kept.get(key(id));
    question.said = said !== null && (isNumber ? number(said) !== null : [...box.querySelectorAll("li")].some(i => i.dataset.choice === said)) ? said : null;
  }

  function say(question, said) {
    question.said = said;
    workbook.kept.set(key(question.id), said);
    show(question);
    // Only what the reader does opens and closes; a fold opened by hand stays as it is.
    folds();
    score();
  }

  function show(question) {
    const { box, state, said, isNumber, id } = question;
    for (const button of box.querySelectorAll("li > button")) button.setAttribute("aria-pressed", String(button.parentElement.dataset.choice === said));
    if (isNumber && said !== null) box.querySelector("input").value = said;
    const again = element("button", { type: "button", textContent: "Predict again", onclick: () => { say(question, null); box.querySelector("button, input").focus(); } });
    if (said === null) state.replaceChildren();
    else state.replaceChildren(`You said ${said}. `, answers.has(id) ? "What came of it stands below." : "", again);
    const reveal = answers.get(id), line = reveal?.querySelector(".wb-said");
    if (!line) return;
    line.classList.toggle("read", said !== null);
    if (said === null) return;
    const answer = Number(reveal.dataset.answer);
    const truth = isNumber && Number.isFinite(answer) ? String(+answer.toPrecision(4)) : reveal.dataset.answer;
    line.textContent = `You said ${said}; it is ${truth}. ${isRight(question, said) ? "You were right." : "A surprise is worth remembering."}`;
  }

  function folds() {
    for (const fold of document.querySelectorAll("details.waiting")) {
      const ids = fold.dataset.for.split(" ");
      const isAnswered = ids.every(id => questions.find(q => q.id === id)?.said != null);
      if (isAnswered !== fold.classList.contains("answered")) fold.open = isAnswered;
      fold.classList.toggle("answered", isAnswered);
    }
  }

  const summary = element("section", { className: "score" }, element("h2", { textContent: "Your predictions" }));
  summary.setAttribute("role", "status");
  const counted = questions.filter(q => answers.has(q.id));
  function score() {
    const made = counted.filter(q => q.said !== null), right = made.filter(q => isRight(q, q.said)).length;
    const open = counted.filter(q => q.said === null);
    summary.replaceChildren(summary.firstChild,
      element("p", { textContent: made.length === 0 ? `You have made none of the ${counted.length} on this page.` : `${right} of ${made.length} right${open.length > 0 ? `; ${open.length} not made yet` : ""}.` }));
    if (open.length > 0 && made.length > 0)
      summary.append(element("ul", {}, ...open.map(q => element("li", {}, element("a", { href: `#${q.box.id}`, textContent: q.box.querySelector("legend")?.textContent ?? q.id })))));
    if (made.length > 0) summary.append(element("button", { type: "button", textContent: "Forget my predictions", onclick: () => counted.forEach(q => say(q, null)) }));
  }

  for (const question of questions) {
    question.box.id ||= `predict-${question.id}`;
    build(question);
  }
  questions.forEach(show);
  folds();
  if (counted.length > 0) {
    score();
    document.querySelector("main").append(summary);
  }
})();
