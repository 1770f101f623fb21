/* Buttons that copy the text they carry. */
(function () {
  "use strict";
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-copy]");
    if (!button) return;
    var text = button.dataset.copy;
    navigator.clipboard.writeText(text).then(
      function () { window.fieldfare.tell("Copied: " + text, "success"); },
      function () { window.fieldfare.tell("The browser did not let it be copied. Mark the text and copy it yourself.", "error"); }
    );
  });
})();
