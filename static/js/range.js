/* Keeps a number field, its slider and its presets in step; the number is what is sent. */
(function () {
  "use strict";
  document.querySelectorAll("[data-range]").forEach(function (group) {
    var number = group.querySelector("[data-range-number]");
    var slider = group.querySelector("[data-range-slider]");
    var presets = Array.from(group.querySelectorAll("[data-range-preset]"));

    function show() {
      slider.value = number.value;
      presets.forEach(function (preset) {
        preset.setAttribute("aria-pressed", String(preset.dataset.rangePreset === number.value));
      });
    }

    number.addEventListener("input", show);
    slider.addEventListener("input", function () { number.value = slider.value; show(); });
    group.addEventListener("click", function (event) {
      var preset = event.target.closest("[data-range-preset]");
      if (!preset) return;
      number.value = preset.dataset.rangePreset;
      show();
    });
    show();
  });
})();
