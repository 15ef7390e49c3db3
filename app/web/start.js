// Before Streamlit starts: where its server is, so that it need not guess it from the page's address; and the language
// of the page, which changes with the address while the page stays.
(function () {
  "use strict";
  window.prerenderReady = false;
  window.__streamlit = { BACKEND_BASE_URL: location.origin + "/", MAIN_PAGE_BASE_URL: location.origin + "/" };

  function speak() {
    var lang = new URLSearchParams(location.search).get("lang") === "en" ? "en" : "zh-CN";
    if (document.documentElement.lang !== lang) document.documentElement.lang = lang;
  }
  new MutationObserver(speak).observe(document.querySelector("title"), { childList: true, characterData: true, subtree: true });
  window.addEventListener("popstate", speak);
})();
