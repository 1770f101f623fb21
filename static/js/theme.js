/* Runs before the first paint, so that a page never flashes in the wrong colours. */
(function () {
  "use strict";
  var root = document.documentElement;
  var order = ["auto", "light", "dark"];
  var words = { auto: "as this device", light: "light", dark: "dark" };

  function stored() {
    try {
      var theme = localStorage.getItem("theme");
      return order.indexOf(theme) < 0 ? "auto" : theme;
    } catch (refused) {
      return "auto";
    }
  }

  function show(theme) {
    root.setAttribute("data-theme", theme);
    document.querySelectorAll("[data-theme-toggle]").forEach(function (button) {
      var label = "Colours: " + words[theme] + ". Change";
      button.setAttribute("aria-label", label);
      button.title = label;
    });
  }

  root.classList.replace("no-js", "js");
  show(stored());
  document.addEventListener("DOMContentLoaded", function () { show(stored()); });
  document.addEventListener("click", function (event) {
    if (!event.target.closest("[data-theme-toggle]")) return;
    var next = order[(order.indexOf(stored()) + 1) % order.length];
    try { localStorage.setItem("theme", next); } catch (refused) { /* shown for this page only */ }
    show(next);
  });
})();
