/* Changes between the conversation and the documents, and leads to a document that was opened. */
(() => {
  "use strict";
  const named = () => (location.hash === "#documents" ? "documents" : "ask");

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
    if (named() === "documents" && document.querySelector('.pba-views a[data-view="ask"][aria-current]')) show("documents");
    const inside = wanted && document.querySelector(".pba-inside");
    if (!inside || inside.dataset.seen) return;
    inside.dataset.seen = "1";
    wanted = false;
    inside.scrollIntoView({ block: "start" });
    inside.focus({ preventScroll: true });
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
