/* The way back from the last move: above the board, in what is told of it, and Ctrl+Z. */
(function (board) {
  "use strict";
  var STAY = 20000;
  var form = document.querySelector("[data-undo]");

  async function takeBack(url) {
    var answer;
    /* Nothing offers any more what is being done. */
    document.querySelectorAll("[data-undoes]").forEach(function (toast) {
      if (toast.dataset.undoes === url) toast.remove();
    });
    try {
      var response = await board.post(url, new URLSearchParams());
      answer = await board.readAnswer(response);
      if (answer.page) {
        window.location.assign(answer.page);
        return;
      }
      window.fieldfare.tell(answer.message, response.ok ? "success" : "error");
    } catch (failed) {
      window.fieldfare.tell("Nothing was undone: the server cannot be reached.", "error");
      return;
    }
    board.say(answer.message);
    if (answer.cards) board.settle(answer);
    form.hidden = true;
  }

  /* Has the last act undone by one button, which the toast of a move carries, too. */
  function undoable(url, said, isTold) {
    var toast = isTold && window.fieldfare.tell(said, "success", url ? STAY : 0);
    if (!url) return;
    form.hidden = false;
    form.setAttribute("action", url);
    form.querySelector("[data-undo-said]").textContent = said;
    form.querySelector("button").title = said;
    if (!toast) return;
    var button = document.createElement("button");
    button.type = "button";
    button.className = "button button-small";
    button.textContent = "Undo";
    toast.dataset.undoes = url;
    button.addEventListener("click", function () {
      takeBack(url);
    });
    toast.querySelector("p").after(button);
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    takeBack(form.getAttribute("action"));
  });
  document.addEventListener("keydown", function (event) {
    var isWriting = event.target.closest("input, textarea, select, dialog");
    if (event.key !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey || isWriting || form.hidden) return;
    event.preventDefault();
    takeBack(form.getAttribute("action"));
  });

  board.undoable = undoable;
})(window.board);
