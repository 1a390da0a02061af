/* Changes between the parts of the page, and leads to a document that was opened. */
(() => {
  "use strict";
  const named = () => (["#documents", "#study", "#sets"].includes(location.hash) ? location.hash.slice(1) : "ask");

  function show(view) {
    document.documentElement.dataset.pbaView = view;
    document.querySelectorAll(".pba-views a").forEach((link) => {
      if (link.dataset.view === view) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    });
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest(".pba-views a");
    if (!link) return;
    event.preventDefault();
    history.pushState(null, "", link.getAttribute("href"));
    show(link.dataset.view);
    window.scrollTo(0, 0);
  });
  window.addEventListener("popstate", () => show(named()));
  window.addEventListener("hashchange", () => show(named()));
  document.documentElement.dataset.pbaView = named();

  // A file over the limit is not sent: Gradio would refuse it in English, and with it all that come along.
  function fitting(files) {
    const words = document.getElementById("pba-drop-text");
    const refused = document.getElementById("pba-drop-refused");
    if (!words || !refused) return null;
    const large = files.filter((file) => file.size > Number(words.dataset.most));
    refused.className = large.length ? "pba-failure" : "";
    refused.textContent = large.length
      ? words.dataset.tooLarge.replace("{names}", () => large.map((file) => file.name).join(", ")) : "";
    if (!large.length) return null;
    const kept = new DataTransfer();
    files.filter((file) => !large.includes(file)).forEach((file) => kept.items.add(file));
    return kept.files;
  }
  document.addEventListener("change", (event) => {
    const input = event.target;
    if (event.fitting || !input.matches || !input.matches("#pba-drop input[type=file]")) return;
    const kept = fitting([...input.files]);
    if (!kept) return;
    if (!kept.length) event.stopImmediatePropagation();
    input.files = kept;
  }, true);
  document.addEventListener("drop", (event) => {
    const zone = event.target.closest && event.target.closest("#pba-drop");
    const kept = zone && fitting([...event.dataTransfer.files]);
    if (!kept) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    // Those that fit go the way of chosen ones; the zone learns that nothing hovers over it any more.
    event.target.dispatchEvent(new DragEvent("dragleave", { bubbles: true }));
    const input = zone.querySelector("input[type=file]");
    if (!input || !kept.length) return;
    input.files = kept;
    input.dispatchEvent(Object.assign(new Event("change", { bubbles: true }), { fitting: true }));
  }, true);

  // What was opened comes into sight once it is there, and takes the keyboard along.
  let wanted = false;
  let opener = null;
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("#pba-documents button");
    if (!button) return;
    if (button.dataset.act === "open") {
      wanted = true;
      opener = button.dataset.key;
    } else if (button.id === "pba-document-close" && opener) {
      const again = document.querySelector('.pba-table button[data-key="' + CSS.escape(opener) + '"]');
      if (again) again.focus();
    }
  }, true);
  new MutationObserver(() => {
    // Gradio's own words for its drop zone are English.
    const words = document.getElementById("pba-drop-text");
    const drop = words && document.querySelector("#pba-drop button:not([data-named])");
    if (drop && drop.querySelector("[data-testid=upload-text]")) {
      drop.dataset.named = "1";
      drop.setAttribute("aria-label", words.textContent);
      drop.querySelector("[data-testid=upload-text]").dataset.text = words.textContent;
    }
    if (named() !== "ask" && document.querySelector('.pba-views a[data-view="ask"][aria-current]')) show(named());
    const inside = wanted && document.querySelector(".pba-inside");
    if (!inside || inside.dataset.seen) return;
    inside.dataset.seen = "1";
    wanted = false;
    inside.scrollIntoView({ block: "start" });
    inside.focus({ preventScroll: true });
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
