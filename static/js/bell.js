/* Looks for new notices while the page is seen; the server answers only when something is new. */
(function () {
  "use strict";
  var EVERY = 15000;
  /* What came while the page was on its way is said once the page itself has been. */
  var SOON = 1000;
  var SAYS = {
    401: "You have been signed out. Reload the page to sign in again.",
    403: "You do not work for this company any more. Reload the page to see."
  };
  var SEEN = 2000;
  var KEPT = 50;
  var lookedAt = Date.now();
  var timer = null;

  function bell() {
    return document.getElementById("bell");
  }

  /* The notices that this window has said, on whichever page: what was seen for a moment only,
     before its reader went on, is said again there. */
  var told = (function () {
    var known = [];
    try {
      known = (sessionStorage.getItem("told") || "").split(" ");
    } catch (error) { /* No storage: this page alone remembers. */ }
    return {
      has: function (notice) { return known.indexOf(notice) >= 0; },
      add: function (notice) { if (!this.has(notice)) known = known.concat(notice).slice(-KEPT); },
      keep: function () {
        try {
          sessionStorage.setItem("told", known.join(" "));
        } catch (error) { /* As above. */ }
      }
    };
  })();

  function hasNews() {
    var news = bell().dataset.news;
    return Boolean(news) && !news.split(" ").every(told.has);
  }

  function wait(milliseconds) {
    clearTimeout(timer);
    timer = setTimeout(look, milliseconds);
  }

  function look() {
    /* A page in the background is woken by what shows it. */
    if (document.hidden) return;
    lookedAt = Date.now();
    htmx.trigger(bell(), "look");
    wait(EVERY);
  }

  function show() {
    if (!document.hidden) wait(Math.max(0, lookedAt + EVERY - Date.now()));
  }

  function stop() {
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", show);
    window.removeEventListener("pageshow", show);
  }

  /* A live page has announced by itself what its own notice would say again. */
  function isSaidHere(toast) {
    var link = toast.querySelector("p a");
    var announced = document.getElementById("announcer").textContent;
    return Boolean(announced) && Boolean(link) && link.pathname === location.pathname;
  }

  if (!bell()) return;

  document.addEventListener("htmx:configRequest", function (event) {
    /* Whoever has not said all asks for all. */
    if (event.target.id === "bell" && hasNews()) event.detail.path = event.detail.path.split("?")[0];
  });

  document.addEventListener("htmx:oobBeforeSwap", function (event) {
    var toasts = event.detail.fragment.querySelectorAll("[data-notice]");
    toasts.forEach(function (toast) {
      if (told.has(toast.dataset.notice) || isSaidHere(toast)) toast.remove();
      told.add(toast.dataset.notice);
    });
    if (event.detail.fragment.querySelector("[data-notice]")) setTimeout(told.keep, SEEN);
    else if (toasts.length) told.keep();
  });

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-notice]")) told.keep();
  });

  document.addEventListener("htmx:responseError", function (event) {
    var says = SAYS[event.detail.xhr.status];
    if (event.target.id !== "bell" || !says) return;
    stop();
    window.fieldfare.tell(says, "error");
  });

  document.addEventListener("visibilitychange", show);
  if (hasNews()) lookedAt += SOON - EVERY;
  /* Also when the browser shows a page again that it had kept. */
  window.addEventListener("pageshow", show);
})();
