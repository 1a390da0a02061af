// Filters above the question box, and the offers below an answer. Runs once, with `element` (the filters),
// `trigger` and `watch` of Gradio; the events it may trigger are 'pba_narrow', 'pba_find' and 'pba_ask'.
const panel = () => document.getElementById("pba-narrow-panel");
const opener = () => document.getElementById("pba-narrow-open");
const isOpen = () => Boolean(panel() && panel().classList.contains("pba-unfolded"));

function show(open) {
  if (!panel()) return;
  panel().classList.toggle("pba-unfolded", open);
  if (opener()) opener().setAttribute("aria-expanded", String(open));
  if (open) {
    const first = panel().querySelector("input, button");
    if (first) first.focus();
  } else if (opener() && panel().contains(document.activeElement)) opener().focus();
}

// What is set is told by the chips; ticks and dates follow it.
function sync() {
  const state = element.querySelector("[data-filters]");
  if (!state || !panel()) return;
  const wanted = JSON.parse(state.dataset.filters);
  panel().querySelectorAll("input[data-field]").forEach((input) => {
    const { field, value } = input.dataset;
    if (input.type === "checkbox") input.checked = wanted.some((part) => part[0] === field && part[1] === value);
    else {
      const day = (wanted.find((part) => part[0] === field) || ["", ""])[1];
      if (input !== document.activeElement || day) input.value = day;
    }
  });
  if (opener()) opener().setAttribute("aria-expanded", String(isOpen()));
}

// A chip that is removed takes the focus with it: the next one gets it, or the button.
let dropped = -1;
watch("value", () => setTimeout(() => {
  sync();
  if (dropped < 0) return;
  const chips = element.querySelectorAll(".pba-chip");
  const next = chips[Math.min(dropped, chips.length - 1)] || opener();
  dropped = -1;
  if (next) next.focus();
}, 0));
if (panel()) new MutationObserver(sync).observe(panel(), { childList: true, subtree: true });

document.addEventListener("click", (event) => {
  const at = event.target.closest ? event.target : null;
  if (!at) return;
  const link = at.closest("a.pba-asis");
  if (link) {
    event.preventDefault();
    event.stopPropagation();
    const turn = /pba-asis-(\d+)$/.exec(link.getAttribute("href") || "");
    if (turn) trigger("pba_ask", { do: "asis", turn: turn[1] });
    return;
  }
  const button = at.closest("button[data-narrow]");
  if (!button) {
    if (event.isTrusted && isOpen() && !at.closest("#pba-narrow-panel")) show(false);
    return;
  }
  const { narrow, field, value } = button.dataset;
  if (narrow === "toggle") show(!isOpen());
  else if (narrow === "close") show(false);
  else if (narrow === "within") trigger("pba_ask", { do: "within", field, value });
  else if (narrow === "ask") trigger("pba_ask", { do: "ask", question: button.textContent });
  else {
    dropped = narrow === "clear" ? 0 : [...element.querySelectorAll(".pba-chip")].indexOf(button);
    trigger("pba_narrow", { do: narrow, field, value });
  }
}, true);

document.addEventListener("change", (event) => {
  const input = event.target;
  if (!input.closest || !input.closest("#pba-narrow-panel") || !input.dataset.field) return;
  const { field } = input.dataset;
  if (input.type === "checkbox") trigger("pba_narrow", { do: input.checked ? "add" : "drop", field, value: input.dataset.value });
  // While a year is being typed, it is a year of long ago.
  else if (!input.value) trigger("pba_narrow", { do: "drop", field, value: "" });
  else if (input.value >= "1900") trigger("pba_narrow", { do: "add", field, value: input.value });
}, true);

let waiting = 0;
document.addEventListener("input", (event) => {
  if (event.target.id !== "pba-narrow-search") return;
  clearTimeout(waiting);
  const text = event.target.value;
  waiting = setTimeout(() => trigger("pba_find", { text }), 200);
}, true);

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && isOpen()) show(false);
});

// The chat's sanitiser leaves no role.
new MutationObserver(() => {
  document.querySelectorAll("a.pba-asis:not([role])").forEach((link) => link.setAttribute("role", "button"));
}).observe(document.getElementById("pba-chat") || document.body, { childList: true, subtree: true });
