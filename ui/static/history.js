// Kept conversations and feedback. Runs once, with `element` (the list), `trigger` and `watch` of Gradio;
// the events it may trigger are 'pba_do', 'pba_say' and 'pba_again'.
const drawer = element.closest("#pba-drawer");
const opener = () => document.getElementById("pba-drawer-open");
const dialog = () => document.getElementById("pba-opinion");
const search = () => drawer.querySelector("#pba-drawer-search textarea, #pba-drawer-search input");

function show(open) {
  if (!drawer) return;
  drawer.classList.toggle("pba-open", open);
  drawer.inert = !open;
  const button = opener();
  if (button) button.setAttribute("aria-expanded", String(open));
  if (open) { if (search()) search().focus(); }
  else if (button && drawer.contains(document.activeElement)) button.focus();
}
show(false);

function ask(key) {
  const form = dialog().querySelector("form");
  form.reset();
  form.dataset.key = key;
  dialog().showModal();
}

function act(target) {
  const [what, key] = target.replace(/^pba-/, "").split("-");
  if (what === "up") trigger("pba_say", { do: "rate", key, rating: "up" });
  else if (what === "unrate") trigger("pba_say", { do: "rate", key, rating: "" });
  else if (what === "down") ask(key);
  else if (what === "retry") trigger("pba_again", {});
  else if (what === "edit" || what === "unedit") {
    trigger("pba_say", { do: what });
    const box = document.querySelector("#pba-box textarea");
    if (box) box.focus();
  }
}

document.addEventListener("click", (event) => {
  const at = event.target.closest ? event.target : null;
  if (!at) return;
  const link = at.closest("a.pba-act");
  if (link) {
    event.preventDefault();
    event.stopPropagation();
    act((link.getAttribute("href") || "").split("#")[1] || "");
    return;
  }
  if (at.closest("#pba-drawer-open")) return show(!drawer.classList.contains("pba-open"));
  if (at.closest("#pba-drawer-close")) return show(false);
  const button = at.closest("button[data-pba-do]");
  if (!button) {
    // A file that is saved is a click of the script's own, outside.
    if (event.isTrusted && drawer.classList.contains("pba-open") && !at.closest("#pba-drawer")) show(false);
    return;
  }
  const { pbaDo, id, format } = button.dataset;
  if (pbaDo === "dismiss") { dialog().close(); return; }
  trigger("pba_do", { do: pbaDo, id, format });
  if (pbaDo === "open") show(false);
}, true);

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.pbaDo === "rename") {
    event.preventDefault();
    trigger("pba_do", { do: "rename", id: form.dataset.id, title: form.elements.title.value });
  } else if (form.closest("#pba-opinion")) {
    const { reason, comment } = form.elements;
    trigger("pba_say", { do: "rate", key: form.dataset.key, rating: "down", reason: reason.value, comment: comment.value });
  }
}, true);

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && drawer.classList.contains("pba-open") && !(dialog() && dialog().open)) show(false);
});

// The conversation that this tab shows, to be opened again after a reload.
watch("value", () => {
  const list = element.querySelector("[data-current]");
  if (!list) return;
  if (list.dataset.current) sessionStorage.setItem("pba-conversation", list.dataset.current);
  else sessionStorage.removeItem("pba-conversation");
});

let saved = "";
function save() {
  const link = document.getElementById("pba-file-link");
  if (!link || link.dataset.nonce === saved) return;
  saved = link.dataset.nonce;
  const bytes = Uint8Array.from(atob(link.dataset.base64), (letter) => letter.charCodeAt(0));
  const made = document.createElement("a");
  made.href = URL.createObjectURL(new Blob([bytes], { type: link.dataset.type }));
  made.download = link.dataset.name;
  document.body.append(made);
  made.click();
  made.remove();
  setTimeout(() => URL.revokeObjectURL(made.href), 60000);
}
new MutationObserver(save).observe(drawer, { childList: true, subtree: true });

// The chat's sanitiser leaves no role: what acts is announced as a button, and what is set as set.
new MutationObserver(() => {
  document.querySelectorAll("a.pba-act:not([role])").forEach((link) => {
    link.setAttribute("role", "button");
    if (link.title) link.setAttribute("aria-label", link.title);
    if (/#pba-(up|down|unrate)-/.test(link.href)) link.setAttribute("aria-pressed", String(link.classList.contains("pba-on")));
  });
}).observe(document.getElementById("pba-chat") || document.body, { childList: true, subtree: true });
