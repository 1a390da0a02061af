// Teaching material. Runs once, with `element` (what tells that an act is done), `trigger` and `watch` of Gradio;
// the events it may trigger are 'pba_open', 'pba_act', 'pba_make', 'pba_stop' and 'pba_find'.
const part = (id) => document.getElementById(id);
const root = () => part("pba-study");
//: Milliseconds until an act that nothing came of no longer keeps others waiting.
const PATIENCE = 60000;

/* One act after another: each is done on what the one before it left */

let busy = 0;
let last = null;
function begin(act, key) {
  if (busy && Date.now() - busy < PATIENCE) return false;
  busy = Date.now();
  last = { act, key };
  root().setAttribute("aria-busy", "true");
  const shown = part("pba-study-body").querySelector("header, section");
  if (shown) shown.dataset.old = "1";
  return true;
}

function act(name, key, values) {
  const form = root().querySelector("form.pba-edit");
  const leaves = form && form.dataset.dirty && !["save", "cancel"].includes(name);
  if (leaves && !window.confirm(form.dataset.leave)) return;
  if (begin(name, key)) trigger("pba_act", { act: name, key, values });
}

function valuesOf(form) {
  const values = {};
  for (const [name, value] of new FormData(form)) {
    if (name in values) values[name] = [].concat(values[name], value);
    else values[name] = value;
  }
  const order = form.querySelector(".pba-movable");
  if (order) values.given = [...order.children].map((step) => step.dataset.at);
  return values;
}

function answered(form) {
  const given = [].concat(valuesOf(form).given || []);
  return given.length > 0 && given.every((value) => value.trim());
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!root() || !root().contains(form) || !form.dataset.form) return;
  event.preventDefault();
  if (form.dataset.form === "answer" && !answered(form)) {
    const missing = form.querySelector(".pba-missing");
    missing.textContent = missing.dataset.text;
    return;
  }
  if (form.dataset.form !== "make") return act(form.dataset.form, form.dataset.key || "", valuesOf(form));
  if (begin("make", "")) trigger("pba_make", { values: valuesOf(form) });
}, true);

document.addEventListener("input", (event) => {
  const form = event.target.closest && event.target.closest("#pba-study form.pba-edit");
  if (form) form.dataset.dirty = "1";
});

// The browser asks in its own words before a page with an unsaved form is left.
window.addEventListener("beforeunload", (event) => {
  if (root() && root().querySelector("form.pba-edit[data-dirty]")) event.preventDefault();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest && event.target.closest("#pba-study button");
  if (!button || button.disabled) return;
  const { act: name, key, topic, move } = button.dataset;
  // The second click of a double click would meet whatever stands there once the first is done.
  if (event.detail > 1 && name && !["up", "down", "go"].includes(name)) return;
  if (name === "stop") trigger("pba_stop", {});
  else if (name) act(name, key || "");
  else if (topic) {
    const field = root().querySelector('[name="topic"]');
    field.value = topic;
    field.focus();
  } else if (move) shift(button, Number(move));
  else if (button.classList.contains("pba-turn")) turn(button);
  else if (button.classList.contains("pba-dismiss")) button.parentElement.remove();
});

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

/* After an act: what the keyboard goes to, and which draft this tab has open */

function target(focus) {
  if (focus.startsWith("[")) return root().querySelector(focus);
  const [id, ...rest] = focus.split(" ");
  const found = part(id);
  return found && rest.length ? found.querySelector(rest.join(" ")) : found;
}

function settle(focus, since) {
  const old = part("pba-study-body").querySelector("[data-old]");
  const waited = Date.now() - since;
  if ((old && waited < 400) || (focus && !target(focus) && waited < 1500)) {
    requestAnimationFrame(() => settle(focus, since));
    return;
  }
  if (old) delete old.dataset.old;
  const held = document.activeElement;
  // Where rows are drawn anew in place, the same button belongs to another item now.
  const other = held && last && held.dataset.act === last.act && held.dataset.key !== last.key;
  const lost = !held || held === document.body || other;
  let found = focus ? target(focus) : null;
  if (!found && lost && last) {
    const same = (act) => root().querySelector('[data-act="' + act + '"][data-key="' + CSS.escape(last.key) + '"]');
    found = same(last.act);
    // The first cannot go further up, nor the last further down.
    if (found && found.disabled) found = same(last.act === "up" ? "down" : "up");
  }
  if (!found) return;
  for (let fold = found.closest("details:not([open])"); fold; fold = fold.parentElement.closest("details:not([open])")) {
    if (fold.querySelector("summary") !== found) fold.open = true;
  }
  if (found.matches("form")) found = found.querySelector("input:not([type=hidden]), textarea, select") || found;
  if (!found.matches("a, button, input, textarea, select, summary")) found.setAttribute("tabindex", "-1");
  found.focus();
}

watch("value", () => {
  const done = part("pba-study-done");
  if (!done) return;
  busy = 0;
  root().removeAttribute("aria-busy");
  root().dataset.mode = done.dataset.mode;
  for (const [name, value] of [["pba-draft", done.dataset.draft], ["pba-draft-part", done.dataset.part]]) {
    if (value) sessionStorage.setItem(name, value);
    else sessionStorage.removeItem(name);
  }
  settle(done.dataset.focus, Date.now());
});

let nonce = "";
new MutationObserver(() => {
  const said = part("pba-study-said");
  if (said && !said.hasAttribute("aria-live")) said.setAttribute("aria-live", "polite");
  const link = part("pba-study-file-link");
  if (!link || link.dataset.nonce === nonce) return;
  nonce = link.dataset.nonce;
  const bytes = Uint8Array.from(atob(link.dataset.base64), (letter) => letter.charCodeAt(0));
  const made = document.createElement("a");
  made.href = URL.createObjectURL(new Blob([bytes], { type: link.dataset.type }));
  made.download = link.dataset.name;
  document.body.append(made);
  made.click();
  made.remove();
  setTimeout(() => URL.revokeObjectURL(made.href), 60000);
}).observe(root() || document.body, { childList: true, subtree: true });

/* The first look */

let seen = false;
function look() {
  if (seen || document.documentElement.dataset.pbaView !== "study") return;
  seen = true;
  const kept = (name) => sessionStorage.getItem(name) || "";
  trigger("pba_open", { draft: kept("pba-draft"), part: kept("pba-draft-part") });
}
new MutationObserver(look).observe(document.documentElement, { attributes: true, attributeFilter: ["data-pba-view"] });
look();
