/* Ticks rows of a form: one by one, a range with Shift, all of the page, or all that match. */
(function () {
  "use strict";

  function watch(form) {
    var all = form.querySelector("[data-selection-all]");
    if (!all) return;
    var boxes = Array.from(form.querySelectorAll("tbody input[type=checkbox]"));
    var everything = form.querySelector("[data-selection-everything] input");
    var last = null;

    function each(name, act) {
      form.querySelectorAll("[data-selection-" + name + "]").forEach(act);
    }

    function ticked() {
      return boxes.filter(function (box) { return box.checked; }).length;
    }

    function total() {
      var count = document.querySelector("[data-total]");
      return count ? count.dataset.total : "";
    }

    function show() {
      var many = ticked(), whole = many > 0 && many === boxes.length;
      if (everything && !whole) everything.checked = false;
      var is_all = Boolean(everything && everything.checked);
      each("count", function (one) { one.textContent = is_all && total() || String(many); });
      all.checked = whole;
      all.indeterminate = many > 0 && !whole;
      each("none", function (one) { one.hidden = many > 0; });
      each("some", function (one) { one.hidden = many === 0; });
      each("acts", function (one) { one.hidden = many === 0; });
      each("rest", function (one) { one.hidden = many > 0; });
      each("two", function (one) { one.hidden = many !== 2 || is_all; });
      each("everything", function (one) { one.hidden = !whole; });
      each("total", function (one) { one.textContent = total(); });
      if (many === 0) leave();
    }

    /* What was asked about the leads that were ticked. */
    function leave() {
      var asked = form.querySelector("#bulk-ask");
      if (asked) asked.replaceChildren();
    }

    form.addEventListener("click", function (event) {
      if (event.target.closest("[data-selection-cancel]")) {
        leave();
        all.focus();
        return;
      }
      var place = boxes.indexOf(event.target);
      if (place < 0) return;
      if (event.shiftKey && last !== null) {
        boxes.slice(Math.min(last, place), Math.max(last, place) + 1).forEach(function (box) {
          box.checked = event.target.checked;
        });
      }
      last = place;
      show();
    });
    all.addEventListener("change", function () {
      boxes.forEach(function (box) { box.checked = all.checked; });
      show();
    });
    form.addEventListener("change", show);
    form.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || event.target.closest("details[open]") || !ticked()) return;
      boxes.forEach(function (box) { box.checked = false; });
      show();
      all.focus();
    });
    document.addEventListener("htmx:afterSettle", show);
    /* A browser that goes back keeps the ticks. */
    addEventListener("pageshow", show);
    show();
  }

  document.querySelectorAll("[data-selection]").forEach(watch);
})();
