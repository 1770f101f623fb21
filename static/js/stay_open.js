/* What a person has opened stays open when its part of the page is renewed. */
(function () {
  "use strict";
  var open = [];

  document.addEventListener("htmx:beforeSwap", function () {
    open = Array.prototype.map.call(document.querySelectorAll("details[open][id]"), function (each) {
      return each.id;
    });
  });

  document.addEventListener("htmx:afterSwap", function () {
    open.forEach(function (id) {
      var again = document.getElementById(id);
      if (again) again.open = true;
    });
  });
})();
