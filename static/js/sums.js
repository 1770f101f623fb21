/* Shows what the weights of each group come to while they are typed; after a save the page says it. */
(function () {
  "use strict";
  document.querySelectorAll("[data-sum]").forEach(function (group) {
    var shown = group.querySelector("[data-sum-shown]");
    var boxes = Array.from(group.querySelectorAll("input:not([type=hidden])"));

    function show() {
      var numbers = boxes.map(function (box) { return Number(box.value.trim() || NaN); });
      var sum = numbers.reduce(function (total, each) { return total + each; }, 0);
      shown.querySelector("b").textContent = Number.isNaN(sum) ? "not all are numbers" : String(sum);
      shown.classList.toggle("is-wrong", String(sum) !== group.dataset.sum);
    }

    group.addEventListener("input", show);
  });
})();
