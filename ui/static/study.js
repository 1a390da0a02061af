// Teaching material. Runs once, with `element` (what tells that an act is done), `trigger` and `watch` of Gradio, behind acts.js;
// beside the events of that it triggers 'pba_find'.
const { root } = actsOf({
  name: "study",
  kept: { draft: "pba-draft", part: "pba-draft-part" },
  ready: (form) => {
    if (form.dataset.form !== "answer" || answered(form)) return true;
    const missing = form.querySelector(".pba-missing");
    missing.textContent = missing.dataset.text;
    return false;
  },
  values: typedInto,
  pressed,
  repeats: ["up", "down", "go"],
});

function typedInto(form) {
  const values = valuesOf(form);
  const order = form.querySelector(".pba-movable");
  if (order) values.given = [...order.children].map((step) => step.dataset.at);
  return values;
}

function answered(form) {
  const given = [].concat(typedInto(form).given || []);
  return given.length > 0 && given.every((value) => value.trim());
}

function pressed(button) {
  const { act: name, topic, move } = button.dataset;
  if (name) return false;
  if (topic) {
    const field = root().querySelector('[name="topic"]');
    field.value = topic;
    field.focus();
  } else if (move) shift(button, Number(move));
  else if (button.classList.contains("pba-turn")) turn(button);
  else return false;
  return true;
}

function turn(button) {
  const back = part(button.getAttribute("aria-controls"));
  back.hidden = !back.hidden;
  button.setAttribute("aria-expanded", String(!back.hidden));
}

/* Steps to be put in order */

function shift(button, way) {
  const step = button.closest("li"), list = step.parentElement;
  const other = way < 0 ? step.previousElementSibling : step.nextElementSibling;
  if (!other) return;
  list.insertBefore(way < 0 ? step : other, way < 0 ? other : step);
  const steps = [...list.children];
  steps.forEach((entry, at) => {
    entry.querySelector('[data-move="-1"]').disabled = at === 0;
    entry.querySelector('[data-move="1"]').disabled = at === steps.length - 1;
  });
  (button.disabled ? step.querySelector("button:not([disabled])") : button).focus();
  part("pba-moved").textContent = list.dataset.moved
    .replace("{text}", () => step.querySelector(".pba-moving").textContent)
    .replace("{place}", () => String(steps.indexOf(step) + 1));
}

/* While something is made: the form is out of sight, and with it whatever had the keyboard */

let makes = false;
new MutationObserver(() => {
  const shown = Boolean(root() && root().querySelector(".pba-making"));
  if (shown && !makes) {
    part("pba-study-progress").setAttribute("tabindex", "-1");
    part("pba-study-progress").focus();
  }
  makes = shown;
}).observe(root() || document.body, { childList: true, subtree: true });

/* Documents to choose from */

let typed = 0;
document.addEventListener("input", (event) => {
  if (event.target.id !== "pba-wish-find") return;
  clearTimeout(typed);
  typed = setTimeout(() => trigger("pba_find", { text: event.target.value }), 250);
});
// Enter in the search for documents is no wish to make anything.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.id === "pba-wish-find") event.preventDefault();
}, true);
document.addEventListener("change", (event) => {
  const found = event.target.closest && event.target.closest("#pba-wish-found label");
  const chosen = part("pba-wish-documents");
  if (!found || !event.target.checked) return;
  const same = [...chosen.querySelectorAll("input")].some((box) => box.value === event.target.value);
  if (same) found.remove();
  else chosen.append(found);
  const again = chosen.lastElementChild;
  if (again) again.querySelector("input").focus();
});
// What the server found stands in places of its own, and is shown within the form.
function carry(from, to) {
  const source = part(from), target = part(to);
  if (!source || !target) return;
  const found = source.querySelector(".pba-choices, ul, p");
  const html = found ? found.parentElement.innerHTML : "";
  if (target.dataset.from === html) return;
  target.dataset.from = html;
  target.innerHTML = html;
}
new MutationObserver(() => {
  carry("pba-study-topics", "pba-topics");
  carry("pba-study-found", "pba-wish-found");
}).observe(root() || document.body, { childList: true, subtree: true });
