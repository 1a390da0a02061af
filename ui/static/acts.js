// A part of the page whose acts the server does one after another: teaching material, question sets. Stands before the script
// of the part, in one function with it: `trigger` and `watch` are Gradio's. Triggers 'pba_open', 'pba_act', 'pba_make', 'pba_stop'.
const part = (id) => document.getElementById(id);
//: Milliseconds until an act that nothing came of no longer keeps others waiting.
const PATIENCE = 60000;

function valuesOf(form) {
  const values = {};
  for (const [name, value] of new FormData(form)) {
    if (name in values) values[name] = [].concat(values[name], value);
    else values[name] = value;
  }
  return values;
}

/* `name` is what the ids of the part begin with, after "pba-". `kept`: what of `data-…` of the done act this tab keeps, and under which
   name, so that a reload opens it again. `events`: acts that have an event of their own. `ready(form)`: whether it may be sent.
   `values(form)`: what it says. `pressed(button)`: true where a button needs nothing more. `repeats`: acts that a second click
   soon after the first does again. `pause`: milliseconds in which what is drawn may come after what tells of it. */
function actsOf({
  name: own, kept, events = {}, ready = () => true, values: said = valuesOf, pressed = () => false, repeats = [], pause = 0,
}) {
  const id = (rest) => "pba-" + own + rest;
  const root = () => part(id(""));

  /* One act after another: each is done on what the one before it left */

  let busy = 0;
  let last = null;
  function begin(act, key) {
    if (busy && Date.now() - busy < PATIENCE) return false;
    busy = Date.now();
    last = { act, key };
    root().setAttribute("aria-busy", "true");
    const shown = part(id("-body")).querySelector("header, section");
    if (shown) shown.dataset.old = "1";
    return true;
  }

  function act(name, key, values) {
    const form = root().querySelector("form.pba-edit");
    const leaves = form && form.dataset.dirty && !["save", "cancel", "find"].includes(name);
    if (leaves && !window.confirm(form.dataset.leave)) return;
    if (begin(name, key)) trigger(events[name] || "pba_act", { act: name, key, values });
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!root() || !root().contains(form) || !form.dataset.form) return;
    event.preventDefault();
    if (!ready(form)) return;
    if (form.dataset.form !== "make") act(form.dataset.form, form.dataset.key || "", said(form));
    else if (begin("make", "")) trigger("pba_make", { values: said(form) });
  }, true);

  document.addEventListener("input", (event) => {
    const form = event.target.closest && event.target.closest("#" + id("") + " form.pba-edit");
    if (form) form.dataset.dirty = "1";
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("#" + id("") + " button");
    if (!button || button.disabled) return;
    const { act: name, key } = button.dataset;
    // The second click of a double click would meet whatever stands there once the first is done.
    if (name && event.detail > 1 && !repeats.includes(name)) return;
    if (pressed(button)) return;
    if (name === "stop") trigger("pba_stop", {});
    else if (name) act(name, key || "");
    else if (button.classList.contains("pba-dismiss")) button.parentElement.remove();
  });

  // The browser asks in its own words before a page with an unsaved form is left.
  window.addEventListener("beforeunload", (event) => {
    if (root() && root().querySelector("form.pba-edit[data-dirty]")) event.preventDefault();
  });

  /* After an act: what the keyboard goes to, and what this tab has open */

  function target(focus) {
    if (focus.startsWith("[")) return root().querySelector(focus);
    const [first, ...rest] = focus.split(" ");
    const found = part(first);
    return found && rest.length ? found.querySelector(rest.join(" ")) : found;
  }

  function settle(focus, since) {
    const old = part(id("-body")).querySelector("[data-old]");
    const waited = Date.now() - since;
    if (waited < pause || (old && waited < 400) || (focus && !target(focus) && waited < 1500)) {
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
    const done = part(id("-done"));
    if (!done) return;
    busy = 0;
    root().removeAttribute("aria-busy");
    root().dataset.mode = done.dataset.mode;
    for (const [name, store] of Object.entries(kept)) {
      if (done.dataset[name]) sessionStorage.setItem(store, done.dataset[name]);
      else sessionStorage.removeItem(store);
    }
    settle(done.dataset.focus, Date.now());
  });

  /* What was said is read out; a file that came is saved */

  let nonce = "";
  new MutationObserver(() => {
    const told = part(id("-said"));
    if (told && !told.hasAttribute("aria-live")) told.setAttribute("aria-live", "polite");
    const link = part(id("-file-link"));
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
    if (seen || document.documentElement.dataset.pbaView !== own) return;
    seen = true;
    const stored = Object.entries(kept).map(([name, store]) => [name, sessionStorage.getItem(store) || ""]);
    trigger("pba_open", Object.fromEntries(stored));
  }
  new MutationObserver(look).observe(document.documentElement, { attributes: true, attributeFilter: ["data-pba-view"] });
  look();

  return { root, act };
}
