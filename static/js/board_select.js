/* Several cards chosen by Ctrl or Shift and a click, by X, or by taps once the button is pressed. */
(function (board) {
  "use strict";
  var bar = document.querySelector("[data-selection-bar]");
  var mode = document.querySelector("[data-select-mode]");
  var chosen = new Set();
  var last = null;

  function draw() {
    board.root.querySelectorAll("[data-lead]").forEach(function (card) {
      var isChosen = chosen.has(card.dataset.lead);
      if (card.classList.contains("is-chosen") === isChosen) return;
      card.classList.toggle("is-chosen", isChosen);
      card.querySelector("[data-open]").setAttribute("aria-describedby", isChosen ? "board-chosen board-keys" : "board-keys");
    });
    bar.hidden = !chosen.size;
    bar.querySelector("[data-selection-count]").textContent = chosen.size + " selected";
  }

  function selected() {
    return Array.from(board.root.querySelectorAll("[data-lead]")).filter(function (card) {
      return chosen.has(card.dataset.lead);
    });
  }

  function group(card) { return chosen.has(card.dataset.lead) ? selected() : [card]; }

  function toggle(card) {
    var id = card.dataset.lead;
    if (chosen.has(id)) chosen.delete(id);
    else chosen.add(id);
    last = id;
    draw();
    board.say(board.title(card) + (chosen.has(id) ? " selected, " : " not selected, ") + chosen.size + " in all.");
  }

  /* From the last one to this, in one column. */
  function reach(card) {
    var from = last && board.card(last);
    if (!from || board.columnOf(from) !== board.columnOf(card)) {
      toggle(card);
      return;
    }
    var cards = board.cardsOf(board.columnOf(card));
    var ends = [cards.indexOf(from), cards.indexOf(card)].sort(function (a, b) { return a - b; });
    cards.slice(ends[0], ends[1] + 1).forEach(function (each) { chosen.add(each.dataset.lead); });
    draw();
    board.say(chosen.size + " selected.");
  }

  function none() {
    chosen.clear();
    draw();
  }

  function setMode(isOn) {
    mode.setAttribute("aria-pressed", String(isOn));
    board.root.classList.toggle("is-choosing", isOn);
  }

  board.root.addEventListener("click", function (event) {
    var card = event.target.closest("[data-lead]");
    var isChoosing = board.root.classList.contains("is-choosing");
    if (!card || event.target.closest("[data-move]")) return;
    if (event.shiftKey) reach(card);
    else if (event.ctrlKey || event.metaKey || isChoosing) toggle(card);
    else return;
    event.preventDefault();
  });
  board.root.addEventListener("keydown", function (event) {
    var card = event.target.closest("[data-lead]");
    if (card && event.key.toLowerCase() === "x" && !event.ctrlKey && !event.metaKey && !event.altKey) toggle(card);
    else if (event.key === "Escape" && chosen.size && !document.querySelector(".is-lifted")) {
      none();
      board.say("Nothing selected.");
    }
  });
  mode.addEventListener("click", function () {
    setMode(mode.getAttribute("aria-pressed") !== "true");
    if (mode.getAttribute("aria-pressed") !== "true") none();
  });
  bar.querySelector("[data-selection-none]").addEventListener("click", function () {
    setMode(false);
    none();
  });
  bar.querySelector("[data-selection-stage]").addEventListener("change", function (event) {
    var column = document.getElementById("stage-" + event.target.value);
    event.target.value = "";
    var cards = selected();
    if (!column || !cards.length) return;
    var origins = cards.map(board.place);
    board.putAll(column, cards, board.cardsOf(column)[0]);
    board.save(cards, origins);
    setMode(false);
  });

  /* Cards are drawn anew as colleagues change them; those that left the view are chosen no longer. */
  new MutationObserver(function () {
    if (!chosen.size || document.documentElement.classList.contains("is-dragging")) return;
    chosen.forEach(function (id) { if (!board.card(id)) chosen.delete(id); });
    draw();
  }).observe(board.root, { childList: true, subtree: true });

  board.group = group;
  board.selectNone = none;
})(window.board);
