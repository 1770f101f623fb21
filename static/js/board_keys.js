/* Space lifts the focused card or the selection, arrows move it, Enter drops it, Escape puts it back.
   Alt and an arrow moves at once; several presses are one move. */
(function (board) {
  "use strict";
  var PAUSE = 350;
  var pending = null;
  var held = null;

  function visible(column) { return column.offsetParent !== null; }

  function step(cards, key) {
    var columns = board.columns().filter(visible);
    var column = board.columnOf(cards[0]);
    var all = board.cardsOf(column);
    var first = all.indexOf(cards[0]);
    var following = all[all.indexOf(cards[cards.length - 1]) + 1];
    if (key === "ArrowLeft" || key === "ArrowRight") {
      var beside = columns[columns.indexOf(column) + (key === "ArrowLeft" ? -1 : 1)];
      if (!beside) return false;
      board.putAll(beside, cards, board.cardsOf(beside)[0]);
      return true;
    }
    if (board.isSorted()) {
      board.say("The cards are sorted: only in their own order can one change places.");
      return false;
    }
    if (key === "ArrowUp" && first > 0) board.putAll(column, cards, all[first - 1]);
    else if (key === "ArrowDown" && following) board.putAll(column, cards, all[all.indexOf(following) + 1]);
    else return false;
    return true;
  }

  function show(card) {
    card.querySelector("[data-open]").focus();
    card.scrollIntoView({ block: "nearest", inline: "nearest" });
    board.say(board.stands(card));
  }

  function commit() {
    if (!pending) return;
    var done = pending;
    pending = null;
    clearTimeout(done.timer);
    board.save([done.card], [done.origin]);
  }

  function named(cards) { return cards.length === 1 ? board.title(cards[0]) : cards.length + " cards"; }

  function lift(card) {
    var cards = board.group(card);
    if (cards.some(board.isSaving)) {
      board.say("The last move is still being saved.");
      return;
    }
    held = { card: card, cards: cards, origins: cards.map(board.place) };
    cards.forEach(function (each) { each.classList.add("is-lifted", "is-held"); });
    if (cards.length > 1) {
      var all = board.cardsOf(board.columnOf(card)).filter(function (each) { return !cards.includes(each) || each === card; });
      board.putAll(board.columnOf(card), cards, all[all.indexOf(card) + 1]);
      card.querySelector("[data-open]").focus();
    }
    board.say("Lifted " + named(cards) + ". Arrows move, Enter drops, Escape puts back.");
  }

  function letGo(isDropped) {
    var done = held;
    held = null;
    done.cards.forEach(function (each) { each.classList.remove("is-lifted", "is-held"); });
    if (isDropped) {
      board.say("Dropped.");
      board.save(done.cards, done.origins);
    } else {
      board.putBack(done.cards, done.origins);
      board.say("Put back.");
    }
    done.card.querySelector("[data-open]").focus();
  }

  function whileHeld(event) {
    var isArrow = event.key.indexOf("Arrow") === 0;
    event.preventDefault();
    if (isArrow && step(held.cards, event.key)) show(held.card);
    else if (event.key === "Enter" || event.key === " ") letGo(true);
    else if (event.key === "Escape") letGo(false);
    else if (event.key === "Tab") board.say("Enter drops the card, Escape puts it back.");
  }

  function atOnce(card, key) {
    if (board.isSaving(card)) {
      board.say("The last move is still being saved.");
      return;
    }
    if (pending && pending.card !== card) commit();
    var origin = pending ? pending.origin : board.place(card);
    if (!step([card], key)) return;
    show(card);
    if (pending) clearTimeout(pending.timer);
    pending = { card: card, origin: origin, timer: setTimeout(commit, PAUSE) };
  }

  board.root.addEventListener("keydown", function (event) {
    var card = event.target.closest("[data-lead]");
    if (!card || event.target.closest("[data-move]")) return;
    if (held) whileHeld(event);
    else if (event.altKey && event.key.indexOf("Arrow") === 0) {
      event.preventDefault();
      atOnce(card, event.key);
    } else if (event.key === " " && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      commit();
      lift(card);
    }
  });

  /* Whoever takes the mouse instead has let go. */
  document.addEventListener("pointerdown", function () { if (held) letGo(false); }, true);
  window.addEventListener("pagehide", commit);
})(window.board);
