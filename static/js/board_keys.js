/* Alt and an arrow moves the focused card; several presses are one move. */
(function (board) {
  "use strict";
  var PAUSE = 350;
  var pending = null;

  function visible(column) { return column.offsetParent !== null; }

  function step(card, key) {
    var columns = board.columns().filter(visible);
    var column = board.columnOf(card);
    var cards = board.cardsOf(column);
    var at = cards.indexOf(card);
    if (key === "ArrowUp" && at > 0) board.putBefore(column, card, cards[at - 1]);
    else if (key === "ArrowDown" && at < cards.length - 1) board.putBefore(column, card, cards[at + 2]);
    else if (key === "ArrowLeft" || key === "ArrowRight") {
      var beside = columns[columns.indexOf(column) + (key === "ArrowLeft" ? -1 : 1)];
      if (!beside) return false;
      board.putBefore(beside, card, board.cardsOf(beside)[0]);
    } else return false;
    return true;
  }

  function tell(card) {
    var column = board.columnOf(card);
    var cards = board.cardsOf(column);
    board.say(column.dataset.name + ", place " + (cards.indexOf(card) + 1) + " of " + cards.length);
  }

  function commit() {
    if (!pending) return;
    var done = pending;
    pending = null;
    clearTimeout(done.timer);
    board.save(done.card, done.origin);
  }

  board.root.addEventListener("keydown", function (event) {
    var card = event.target.closest("[data-lead]");
    if (!card || !event.altKey || event.key.indexOf("Arrow") !== 0) return;
    event.preventDefault();
    if (board.isSaving(card)) {
      board.say("The last move is still being saved.");
      return;
    }
    if (pending && pending.card !== card) commit();
    var origin = pending ? pending.origin : board.place(card);
    if (!step(card, event.key)) return;
    card.querySelector("[data-open]").focus();
    card.scrollIntoView({ block: "nearest", inline: "nearest" });
    tell(card);
    if (pending) clearTimeout(pending.timer);
    pending = { card: card, origin: origin, timer: setTimeout(commit, PAUSE) };
  });

  window.addEventListener("pagehide", commit);
})(window.board);
