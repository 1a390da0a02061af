// Question sets. Runs once, with `element` (what tells that an act is done), `trigger` and `watch` of Gradio;
// the events it may trigger are 'pba_open', 'pba_act', 'pba_make', 'pba_run' and 'pba_stop'.
const part = (id) => document.getElementById(id);
const root = () => part("pba-sets");
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
  return true;
}

function act(name, key, values) {
  const form = root().querySelector("form.pba-edit");
  const leaves = form && form.dataset.dirty && !["save", "cancel", "find"].includes(name);
  if (leaves && !window.confirm(form.dataset.leave)) return;
  if (!begin(name, key)) return;
  if (name === "run") trigger("pba_run", {});
  else trigger("pba_act", { act: name, key, values });
}

function valuesOf(form) {
  const values = {};
  for (const [name, value] of new FormData(form)) {
    if (name in values) values[name] = [].concat(values[name], value);
    else values[name] = value;
  }
  return values;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!root() || !root().contains(form) || !form.dataset.form) return;
  event.preventDefault();
  if (form.dataset.form !== "make") return act(form.dataset.form, form.dataset.key || "", valuesOf(form));
  if (begin("make", "")) trigger("pba_make", { values: valuesOf(form) });
}, true);

document.addEventListener("input", (event) => {
  const form = event.target.closest && event.target.closest("#pba-sets form.pba-edit");
  if (form) form.dataset.dirty = "1";
});

document.addEventListener("click", (event) => {
  const button = event.target.closest && event.target.closest("#pba-sets button");
  if (!button || button.disabled) return;
  const { act: name, key } = button.dataset;
  if (name === "stop") trigger("pba_stop", {});
  else if (name === "find") act(name, key || "", valuesOf(button.closest("form")));
  else if (name) act(name, key || "");
  else if (button.classList.contains("pba-dismiss")) button.parentElement.remove();
});

/* Keys, while a question is under review and nothing is typed into */

const SHORTCUTS = { a: "accept", e: "edit", r: "reject", u: "undo", ArrowLeft: "previous", ArrowRight: "next" };
document.addEventListener("keydown", (event) => {
  if (document.documentElement.dataset.pbaView !== "sets" || !root()) return;
  const field = event.target.closest && event.target.closest("input, textarea, select, [contenteditable=true]");
  if (event.key === "Enter" && event.target.name === "find" && root().contains(event.target)) {
    // Enter in the search for a quote searches; it keeps nothing.
    event.preventDefault();
    root().querySelector('[data-act="find"]').click();
    return;
  }
  if (field || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const name = SHORTCUTS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  const button = name && root().querySelector('.pba-card [data-act="' + name + '"]');
  if (!button || root().dataset.mode !== "set") return;
  event.preventDefault();
  button.click();
}, true);

/* After an act: what the keyboard goes to, and which set this tab has open */

function target(focus) {
  if (focus.startsWith("[")) return root().querySelector(focus);
  const [id, ...rest] = focus.split(" ");
  const found = part(id);
  return found && rest.length ? found.querySelector(rest.join(" ")) : found;
}

function settle(focus, since) {
  if (focus && !target(focus) && Date.now() - since < 1500) {
    requestAnimationFrame(() => settle(focus, since));
    return;
  }
  let found = focus ? target(focus) : null;
  const lost = !document.activeElement || document.activeElement === document.body;
  if (!found && lost && last) {
    found = root().querySelector('[data-act="' + last.act + '"][data-key="' + CSS.escape(last.key) + '"]');
  }
  if (!found) return;
  for (let fold = found.closest("details:not([open])"); fold; fold = fold.parentElement.closest("details:not([open])")) {
    if (fold.querySelector("summary") !== found) fold.open = true;
  }
  if (found.matches("form")) found = found.querySelector("textarea, input:not([type=hidden])") || found;
  if (!found.matches("a, button, input, textarea, select, summary")) found.setAttribute("tabindex", "-1");
  found.focus();
}

watch("value", () => {
  const done = part("pba-sets-done");
  if (!done) return;
  busy = 0;
  root().removeAttribute("aria-busy");
  root().dataset.mode = done.dataset.mode;
  if (done.dataset.set) sessionStorage.setItem("pba-set", done.dataset.set);
  else sessionStorage.removeItem("pba-set");
  // The body may come a moment after what tells of it.
  requestAnimationFrame(() => requestAnimationFrame(() => settle(done.dataset.focus, Date.now())));
});

let nonce = "";
new MutationObserver(() => {
  const said = part("pba-sets-said");
  if (said && !said.hasAttribute("aria-live")) said.setAttribute("aria-live", "polite");
  const link = part("pba-sets-file-link");
  if (!link || link.dataset.nonce === nonce) return;
  nonce = link.dataset.nonce;
  const bytes = Uint8Array.from(atob(link.dataset.base64), (letter) => letter.charCodeAt(0));
  const made = document.createElement("a");
  made.href = URL.createObjectURL(new Blob([bytes], { type: "application/jsonl" }));
  made.download = link.dataset.name;
  document.body.append(made);
  made.click();
  made.remove();
  setTimeout(() => URL.revokeObjectURL(made.href), 60000);
}).observe(root() || document.body, { childList: true, subtree: true });

/* The first look */

let seen = false;
function look() {
  if (seen || document.documentElement.dataset.pbaView !== "sets") return;
  seen = true;
  trigger("pba_open", { set: sessionStorage.getItem("pba-set") || "" });
}
new MutationObserver(look).observe(document.documentElement, { attributes: true, attributeFilter: ["data-pba-view"] });
look();
