/* The source viewer: opens a document at a place, marks it, walks from citation to citation; and the
   quote that shows beside a marker. What is shown comes from the server, escaped. */
(() => {
  "use strict";
  const words = window.pbaWords;
  const narrow = window.matchMedia("(max-width: 899px)");
  const LINK = /#\/nguon\/([^/?#]+)\/(\d+)-(\d+)(?:-([0-9a-f]+))?$/;
  let viewer, body, asked = 0;
  // What is open: its link, the marker or card it was opened from, whether a step of history was made for it.
  let link = "", opener = null, stepped = false;

  const part = (name) => viewer.querySelector(".pba-view-" + name);
  const root = () => document.querySelector("gradio-app") || document.body.firstElementChild;

  function build() {
    if (viewer) return;
    document.body.insertAdjacentHTML("beforeend", words.viewer);
    viewer = document.getElementById("pba-viewer");
    body = part("body");
    part("close").addEventListener("click", close);
    part("previous").addEventListener("click", () => walk(-1));
    part("next").addEventListener("click", () => walk(1));
    part("link").addEventListener("click", copyLink);
    viewer.addEventListener("click", (event) => {
      const zoom = event.target.closest(".pba-zoom"), more = event.target.closest(".pba-more");
      if (zoom) {
        const page = zoom.closest(".pba-page");
        zoom.setAttribute("aria-pressed", String(page.classList.toggle("pba-zoomed")));
        page.scrollIntoView({ block: "start" });
      } else if (more) load(more);
    });
    // On a phone the sheet covers the page: nothing under it can be reached.
    narrow.addEventListener("change", cover);
  }

  function cover() {
    const open = viewer && !viewer.hidden;
    document.documentElement.classList.toggle("pba-viewing", Boolean(open));
    root().inert = Boolean(open && narrow.matches);
    if (viewer) viewer.setAttribute("aria-modal", String(narrow.matches));
    const head = document.getElementById("pba-header");
    if (viewer && head) viewer.style.setProperty("--pba-view-top", Math.max(0, head.getBoundingClientRect().bottom) + "px");
  }

  /* Opening a place */

  function follow(from) {
    const found = LINK.exec(from.getAttribute("href") || "");
    if (found) { opener = from; show(found[0], true); }
  }

  async function show(target, step) {
    const found = LINK.exec(target);
    if (!found) return;
    build();
    hidePeek();
    const first = viewer.hidden;
    link = found[0];
    if (step && location.hash !== link) {
      if (first) { history.pushState(history.state, "", link); stepped = true; }
      else history.replaceState(history.state, "", link);
    }
    viewer.hidden = false;
    cover();
    count();
    const mine = ++asked;
    body.setAttribute("aria-busy", "true");
    if (first) {
      part("top").innerHTML = "<p class='pba-view-wait' id='pba-view-title'></p>";
      part("top").firstChild.textContent = words.loading;
      body.focus({ preventScroll: true });
    }
    const [, id, start, end, check] = found;
    const html = await ask("pba/source/" + id + "?start=" + start + "&end=" + end + "&check=" + (check || ""));
    if (mine !== asked || viewer.hidden) return;
    body.innerHTML = html;
    // What the document is stays in sight while its text is scrolled.
    part("top").replaceChildren(...body.querySelectorAll(".pba-view-head, #pba-view-title.pba-failure"));
    body.removeAttribute("aria-busy");
    const mark = body.querySelector("mark");
    const page = mark && mark.closest(".pba-page");
    boxes();
    // A page beside its picture begins at its top; the picture's place is not known before it has come.
    place(mark, page);
    watch();
  }

  function place(mark, page) {
    if (!mark) { body.scrollTop = 0; return; }
    const frame = body.getBoundingClientRect(), at = mark.getBoundingClientRect();
    body.scrollTop += at.top - frame.top - Math.min(frame.height / 3, 220);
    if (!page) return;
    const image = page.querySelector("img");
    if (image && !image.complete) {
      image.addEventListener("load", () => { if (page.isConnected) place(mark, null); }, { once: true });
    }
  }

  async function ask(address) {
    try {
      return await (await fetch(address, { cache: "no-store" })).text();
    } catch {
      const failed = document.createElement("p");
      failed.className = "pba-failure";
      failed.id = "pba-view-title";
      failed.textContent = words.failed;
      return failed.outerHTML;
    }
  }

  /* The boxes on the pictures of pages */

  async function boxes() {
    const layers = [...body.querySelectorAll(".pba-boxes[data-boxes]")];
    if (!layers.length) return;
    const state = (text) => layers.forEach((layer) => {
      layer.closest("figure").querySelector(".pba-page-state").textContent = text;
    });
    layers.forEach((layer) => {
      const image = layer.parentElement.querySelector("img");
      image.addEventListener("error", () => {
        layer.closest("figure").querySelector(".pba-page-state").textContent = words.noPicture;
        image.closest("figure").classList.add("pba-broken");
      });
    });
    const late = setTimeout(() => state(words.boxing), 500);
    try {
      const answer = await fetch(layers[0].dataset.boxes, { cache: "no-store" });
      if (!answer.ok) throw new Error(answer.statusText);
      const pages = await answer.json();
      clearTimeout(late);
      state("");
      for (const layer of layers) {
        const number = Number(layer.closest(".pba-page").dataset.page);
        const found = pages.find((page) => page.page === number);
        for (const [left, top, width, height] of found ? found.boxes : []) {
          const box = document.createElement("span");
          box.className = "pba-box";
          Object.assign(box.style, { left: left + "%", top: top + "%", width: width + "%", height: height + "%" });
          layer.append(box);
        }
        if (!layer.childElementCount) {
          layer.closest("figure").querySelector(".pba-page-state").textContent = words.notBoxed;
        }
        layer.dataset.done = "true";
      }
    } catch {
      clearTimeout(late);
      state(words.notBoxed);
    }
  }

  /* The rest of a long document, as it is scrolled to */

  async function load(button) {
    if (button.disabled) return;
    button.disabled = true;
    const html = await ask(button.dataset.from);
    if (!button.isConnected) return;
    const up = button.dataset.way === "up";
    const height = body.scrollHeight, top = body.scrollTop;
    const held = document.activeElement === button;
    button.insertAdjacentHTML(up ? "beforebegin" : "afterend", html);
    button.remove();
    if (up) body.scrollTop = top + body.scrollHeight - height;
    if (held) body.focus({ preventScroll: true });
    watch();
  }

  const near = new IntersectionObserver((entries) => {
    entries.filter((entry) => entry.isIntersecting).forEach((entry) => { near.unobserve(entry.target); load(entry.target); });
  }, { rootMargin: "600px 0px" });
  function watch() {
    // After the place has been scrolled to, so that nothing is loaded that is not looked at.
    requestAnimationFrame(() => body.querySelectorAll(".pba-more").forEach((button) => near.observe(button)));
  }

  /* From one citation of the answer to the next */

  function answerOf(from) {
    const trail = from && from.closest("[data-trail]");
    if (trail) return '[data-trail="' + trail.dataset.trail + '"]';
    const answer = from && from.closest(".pba-answer");
    const card = from && from.closest(".pba-card");
    const turn = answer ? /pba-turn-(\d+)/.exec(answer.className) : card && /pba-card-(\d+)/.exec(card.id);
    return turn ? ".pba-answer.pba-turn-" + turn[1] : null;
  }

  let turn = null;
  function trail() {
    turn = (opener && answerOf(opener)) || turn;
    if (turn === null) return [];
    const seen = new Map();
    document.querySelectorAll(turn + " a.pba-cite").forEach((marker) => {
      if (!seen.has(marker.textContent)) seen.set(marker.textContent, marker);
    });
    return [...seen.values()].sort((one, other) => number(one) - number(other));
  }
  const number = (marker) => Number(/\d+/.exec(marker.textContent));
  const here = (markers) => markers.findIndex((marker) => marker.getAttribute("href") === link);

  function count() {
    const markers = trail(), index = here(markers);
    part("previous").disabled = index <= 0;
    part("next").disabled = index < 0 || index >= markers.length - 1;
    for (const name of ["previous", "next", "count"]) part(name).hidden = index < 0;
    part("count").textContent = index < 0 ? "" : words.count
      .replace("{number}", number(markers[index])).replace("{index}", index + 1).replace("{total}", markers.length);
  }

  function walk(way) {
    const markers = trail(), next = markers[here(markers) + way];
    if (!next) return;
    const button = document.activeElement;
    opener = next;
    show(next.getAttribute("href"), true);
    if (button && button.disabled) body.focus({ preventScroll: true });
  }

  /* Closing, links, history */

  function close() {
    if (!viewer || viewer.hidden) return;
    shut();
    if (stepped) { stepped = false; history.back(); }
    else if (location.hash) history.replaceState(history.state, "", location.pathname + location.search);
  }

  function shut() {
    asked += 1;
    viewer.hidden = true;
    body.textContent = part("top").textContent = "";
    cover();
    // The conversation may have been drawn anew since: the same marker stands there again.
    const again = opener && (opener.isConnected ? opener
      : [...document.querySelectorAll("a.pba-cite, a.pba-open")].find((other) => other.getAttribute("href") === opener.getAttribute("href")));
    if (again) { again.focus(); hidePeek(); }
    opener = null;
    turn = null;
  }

  function arrive() {
    if (LINK.test(location.hash)) {
      if (!viewer || viewer.hidden || location.hash !== link) show(location.hash, false);
    } else if (viewer && !viewer.hidden) { stepped = false; shut(); }
  }
  window.addEventListener("popstate", arrive);
  window.addEventListener("hashchange", arrive);

  async function copyLink() {
    const button = part("link"), label = button.textContent;
    const done = await window.pbaCopy(location.origin + location.pathname + location.search + link);
    button.textContent = done ? words.copied : words.copyFailed;
    setTimeout(() => { button.textContent = label; }, 1600);
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    if (peek && !peek.hidden) hidePeek();
    else close();
  });

  /* The quote and its source beside a marker that is pointed at or has the focus */

  let peek, peeked = null, title = "", timer = 0;

  function showPeek(marker) {
    clearTimeout(timer);
    if (peeked === marker) return;
    hidePeek();
    if (!peek) {
      document.body.insertAdjacentHTML("beforeend",
        '<div id="pba-peek" role="tooltip" hidden><p class="pba-peek-quote"></p><p class="pba-peek-source"></p></div>');
      peek = document.getElementById("pba-peek");
      peek.addEventListener("pointerenter", () => clearTimeout(timer));
      peek.addEventListener("pointerleave", leavePeek);
    }
    peeked = marker;
    title = marker.getAttribute("title") || "";
    marker.removeAttribute("title"); // or the browser would show it as well
    const answer = marker.closest(".pba-answer");
    const source = answer && [...answer.querySelectorAll(".pba-source")].find((line) => {
      const own = line.querySelector("a.pba-cite");
      return own && own.textContent === marker.textContent;
    });
    peek.querySelector(".pba-peek-quote").textContent = title;
    const named = source ? [...source.childNodes].filter((node) => !(node.matches && node.matches("a.pba-cite, .pba-warning"))) : [];
    peek.querySelector(".pba-peek-source").textContent = marker.dataset.label || named.map((node) => node.textContent).join("").trim();
    peek.hidden = false;
    marker.setAttribute("aria-describedby", "pba-peek");
    const at = marker.getBoundingClientRect(), own = peek.getBoundingClientRect();
    const below = at.bottom + own.height + 14 < window.innerHeight || at.top < own.height + 14;
    peek.style.top = (below ? at.bottom + 6 : at.top - own.height - 6) + "px";
    peek.style.left = Math.max(8, Math.min(at.left - 12, window.innerWidth - own.width - 8)) + "px";
  }

  function hidePeek() {
    clearTimeout(timer);
    if (!peeked) return;
    peeked.setAttribute("title", title);
    peeked.removeAttribute("aria-describedby");
    peeked = null;
    peek.hidden = true;
  }
  function leavePeek() { clearTimeout(timer); timer = setTimeout(hidePeek, 200); }

  const markerOf = (event) => event.target.closest && event.target.closest("a.pba-cite");
  document.addEventListener("pointerover", (event) => {
    const marker = event.pointerType === "mouse" && markerOf(event);
    if (marker) { clearTimeout(timer); timer = setTimeout(() => showPeek(marker), peeked ? 60 : 150); }
  });
  document.addEventListener("pointerout", (event) => { if (markerOf(event)) leavePeek(); });
  document.addEventListener("focusin", (event) => {
    const marker = markerOf(event);
    if (marker && marker.matches(":focus-visible")) showPeek(marker);
  });
  document.addEventListener("focusout", (event) => { if (markerOf(event)) hidePeek(); });
  document.addEventListener("scroll", hidePeek, { capture: true, passive: true });

  window.addEventListener("resize", cover);
  window.pbaViewer = { follow, open: (target) => show(target, true), close };
  if (document.body) arrive();
  else document.addEventListener("DOMContentLoaded", arrive);
  // A link is followed before the page around it has been built.
  const built = new MutationObserver(() => {
    if (!document.getElementById("pba-header")) return;
    built.disconnect();
    requestAnimationFrame(cover);
  });
  built.observe(document.documentElement, { childList: true, subtree: true });
})();
