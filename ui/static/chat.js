/* Leads from a marker in the conversation to its card, and back; copies an answer. */
(() => {
  "use strict";
  const narrow = window.matchMedia("(max-width: 899px)");
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const behavior = () => (still.matches ? "auto" : "smooth");

  // The card of a marker: its turn is told by the answer it stands in, its number by what it says.
  function cardOf(link) {
    const answer = link.closest(".pba-answer");
    const turn = answer && /pba-turn-(\d+)/.exec(answer.className);
    const number = /\d+/.exec(link.textContent);
    return turn && number ? "pba-card-" + turn[1] + "-" + number[0] : "";
  }

  function open(id) {
    const card = document.getElementById(id);
    const turn = /^pba-card-(\d+)-/.exec(id);
    const group = card ? card.closest(".pba-group") : turn && document.getElementById("pba-sources-" + turn[1]);
    if (!group) return;
    document.querySelectorAll(".pba-group").forEach((other) => { other.hidden = other !== group; });
    document.querySelectorAll(".pba-panel > .pba-hint").forEach((hint) => hint.remove());
    document.querySelectorAll(".pba-current").forEach((other) => other.classList.remove("pba-current", "pba-flash"));
    const target = card || group;
    target.classList.add("pba-current");
    void target.offsetWidth; // restarts the animation when the same card is asked for again
    target.classList.add("pba-flash");
    // On a phone the cards are below the conversation, whose place is kept under the viewer.
    if (!narrow.matches) target.scrollIntoView({ behavior: behavior(), block: "nearest" });
  }

  function back(turn) {
    const answers = document.querySelectorAll(".pba-answer.pba-turn-" + turn);
    const answer = answers[answers.length - 1];
    if (answer) answer.scrollIntoView({ behavior: behavior(), block: "start" });
  }

  async function copy(link) {
    const answer = link.closest(".pba-answer");
    const parts = [".pba-standalone", ".pba-statement", ".pba-named-title", ".pba-source"];
    const text = [...answer.querySelectorAll(parts.join(","))].map((part) => part.innerText.trim()).join("\n");
    const done = await write(text);
    const label = link.textContent;
    link.textContent = done ? window.pbaWords.copied : window.pbaWords.copyFailed;
    setTimeout(() => { link.textContent = label; }, 1600);
  }

  async function write(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Without https the clipboard is not offered, except on this machine itself.
      const area = document.createElement("textarea");
      area.value = text;
      area.style.position = "fixed";
      area.style.opacity = "0";
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      return done;
    }
  }

  window.pbaCopy = write;

  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a.pba-cite, a.pba-open, a.pba-copy, a.pba-back");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    const target = (link.getAttribute("href") || "").split("#")[1] || "";
    if (link.classList.contains("pba-cite")) { open(cardOf(link)); window.pbaViewer.follow(link); }
    else if (link.classList.contains("pba-open")) window.pbaViewer.follow(link);
    else if (link.classList.contains("pba-back")) back(target.replace("pba-turn-", ""));
    else copy(link);
  }, true);

  // Gradio sets the browser's language; what is to be read aloud is the page's.
  const named = () => {
    if (document.documentElement.lang !== window.pbaWords.language) document.documentElement.lang = window.pbaWords.language;
  };
  named();
  new MutationObserver(named).observe(document.documentElement, { attributes: true, attributeFilter: ["lang"] });

  // On a phone the page scrolls, not the conversation: bring each new question to the top.
  let asked = 0;
  new MutationObserver(() => {
    // Gradio names each message by its source, tags and all; the text itself is the better name.
    document.querySelectorAll("#pba-chat [data-testid][aria-label]").forEach((message) => message.removeAttribute("aria-label"));
    // Gradio calls the questions offered a list, but they are buttons and no list items.
    document.querySelectorAll("#pba-chat .examples[role=list]").forEach((offered) => offered.removeAttribute("role"));
    const questions = document.querySelectorAll(".pba-question");
    if (questions.length > asked && narrow.matches) {
      questions[questions.length - 1].scrollIntoView({ behavior: behavior(), block: "start" });
    }
    asked = questions.length;
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
