/* When a part of the page is renewed, the keyboard goes on there, not at the top of the page. */
(function () {
  "use strict";
  var STOPS = "a[href], button:not([disabled]), input:not([type=hidden]):not([disabled]), select, textarea, summary";
  var begun = new WeakMap();

  function address(one) {
    var form = one.closest("form");
    return one.getAttribute("href") || (form && form.getAttribute("action")) || "";
  }

  function reachable(one) {
    return one.tabIndex >= 0 && one.checkVisibility({ visibilityProperty: true });
  }

  /* What is folded away is reached by what unfolds it. */
  function way(one) {
    var fold = reachable(one) ? null : one.closest("details:not([open])");
    return fold ? fold.querySelector("summary") : one;
  }

  /* What leads where the last one led, else the first there is. */
  function choose(part, last) {
    var all = Array.from(part.querySelectorAll(STOPS));
    var same = all.filter(function (one) { return last.address && address(one) === last.address; });
    return same.concat(all).map(way).find(reachable);
  }

  document.addEventListener("htmx:beforeRequest", function (event) {
    var one = document.activeElement;
    if (one && one !== document.body) begun.set(event.detail.xhr, { one: one, address: address(one) });
  });

  document.addEventListener("htmx:afterSettle", function (event) {
    var last = begun.get(event.detail.xhr), now = document.activeElement;
    if (!last || (now && now !== document.body)) return;
    if (last.one.isConnected && reachable(last.one)) {
      last.one.focus();
      return;
    }
    var target = event.detail.target;
    var part = target.isConnected ? target : document.getElementById(target.id);
    var next = part && choose(part, last);
    (next || document.getElementById("content")).focus();
  });
})();
