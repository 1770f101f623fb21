/* Ticks all rows of a form at once, and says how many are ticked. */
(function () {
  "use strict";
  document.querySelectorAll("[data-selection]").forEach(function (form) {
    var all = form.querySelector("[data-selection-all]");
    var count = form.querySelector("[data-selection-count]");
    var boxes = Array.from(form.querySelectorAll("tbody input[type=checkbox]"));
    if (!all) return;

    function show() {
      var ticked = boxes.filter(function (box) { return box.checked; }).length;
      count.textContent = String(ticked);
      all.checked = ticked > 0 && ticked === boxes.length;
      all.indeterminate = ticked > 0 && ticked < boxes.length;
    }

    all.addEventListener("change", function () {
      boxes.forEach(function (box) { box.checked = all.checked; });
      show();
    });
    form.addEventListener("change", show);
    /* A browser that goes back keeps the ticks. */
    addEventListener("pageshow", show);
    show();
  });
})();
