// Question sets. Runs once, with `element` (what tells that an act is done), `trigger` and `watch` of Gradio, behind acts.js;
// beside the events of that it triggers 'pba_run'.
const { root, act } = actsOf({
  name: "sets",
  kept: { set: "pba-set" },
  events: { run: "pba_run" },
  pressed: (button) => {
    if (button.dataset.act !== "find") return false;
    act("find", button.dataset.key || "", valuesOf(button.closest("form")));
    return true;
  },
  repeats: ["next", "previous"],
  pause: 34,
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
