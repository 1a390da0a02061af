/* Changes between the page's languages, and keeps the choice in this browser. Runs before the page is made. */
(() => {
  "use strict";
  const { language, paths } = window.pbaWords;
  // The page may be served below a path of a proxy: where it is, less its own part.
  const here = location.pathname.replace(/\/?$/, "/");
  const base = here.endsWith(paths[language]) ? here.slice(0, -paths[language].length) : "";
  const lead = (to) => location.replace(base + paths[to] + location.search + location.hash);
  const remembered = () => { try { return localStorage.getItem("pba-language"); } catch { return null; } };

  // Only the plain address follows the choice: another one was asked for by name.
  const chosen = remembered();
  if (paths[language] === "/" && chosen && chosen !== language && paths[chosen]) lead(chosen);

  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a.pba-language");
    if (!link) return;
    event.preventDefault();
    event.stopPropagation();
    try { localStorage.setItem("pba-language", link.hreflang); } catch { /* Then the choice lasts for this page. */ }
    lead(link.hreflang);
  }, true);
})();
