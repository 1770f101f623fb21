/* Drag and drop with Pointer Events, of a card or the selection it belongs to: at once with a mouse,
   after a long press with a finger. */
(function (board) {
  "use strict";
  var LONG_PRESS = 180;
  var SLOP = 6;
  var EDGE = 56;
  var FASTEST = 16;
  var drag = null;

  function start() {
    var box = drag.card.getBoundingClientRect();
    drag.on = true;
    drag.cards = board.group(drag.card);
    drag.origins = drag.cards.map(board.place);
    drag.dx = drag.x - box.left;
    drag.dy = drag.y - box.top;
    drag.ghost = drag.card.cloneNode(true);
    drag.ghost.removeAttribute("id");
    drag.ghost.removeAttribute("data-lead");
    drag.ghost.classList.add("drag-ghost");
    drag.ghost.setAttribute("aria-hidden", "true");
    drag.ghost.style.width = box.width + "px";
    if (drag.cards.length > 1) drag.ghost.dataset.many = drag.cards.length;
    drag.hole = document.createElement("div");
    drag.hole.className = "drop-place";
    drag.hole.style.height = box.height + "px";
    document.body.append(drag.ghost);
    document.documentElement.classList.add("is-dragging");
    drag.cards.forEach(function (card) { card.classList.add("is-lifted"); });
    if (drag.touch && navigator.vibrate) navigator.vibrate(12);
    follow();
    drag.frame = requestAnimationFrame(scroll);
  }

  function follow() {
    drag.ghost.style.transform = "translate(" + (drag.x - drag.dx) + "px," + (drag.y - drag.dy) + "px)";
    var under = document.elementFromPoint(drag.x, drag.y);
    var column = under && under.closest("[data-board] [data-stage]");
    if (column !== drag.column) {
      if (drag.column) drag.column.classList.remove("is-over");
      if (column) column.classList.add("is-over");
      drag.column = column;
    }
    if (!column) {
      drag.hole.remove();
      return;
    }
    var next = board.cardsOf(column).find(function (card) {
      var box = card.getBoundingClientRect();
      return drag.cards.indexOf(card) < 0 && drag.y < box.top + box.height / 2;
    });
    board.putBefore(column, drag.hole, next);
  }

  function pull(position, from, to) {
    if (position < from + EDGE) return -FASTEST * Math.min(1, (from + EDGE - position) / EDGE);
    if (position > to - EDGE) return FASTEST * Math.min(1, (position - to + EDGE) / EDGE);
    return 0;
  }

  /* Near an edge the board or the column runs on under the card. */
  function scroll() {
    if (!drag || !drag.on) return;
    var box = board.root.getBoundingClientRect();
    var sideways = pull(drag.x, box.left, box.right) * Math.min(1, box.width / 960);
    var list = drag.column && drag.column.querySelector("[data-column]");
    var down = 0;
    if (list) {
      var inner = list.getBoundingClientRect();
      down = pull(drag.y, inner.top, inner.bottom);
      list.scrollTop += down;
    }
    board.root.scrollLeft += sideways;
    if (sideways || down) follow();
    drag.frame = requestAnimationFrame(scroll);
  }

  function stop(drop) {
    if (!drag) return;
    var ended = drag;
    drag = null;
    clearTimeout(ended.timer);
    if (!ended.on) return;
    cancelAnimationFrame(ended.frame);
    if (ended.column) ended.column.classList.remove("is-over");
    document.documentElement.classList.remove("is-dragging");
    ended.cards.forEach(function (card) { card.classList.remove("is-lifted"); });
    ended.ghost.remove();
    swallowClick();
    if (drop && ended.hole.isConnected) {
      ended.cards.forEach(function (card) { ended.hole.before(card); });
      ended.hole.remove();
      board.save(ended.cards, ended.origins);
    } else {
      ended.hole.remove();
    }
  }

  /* The click that follows a drop must not open the lead. */
  function swallowClick() {
    function swallow(event) { event.preventDefault(); event.stopPropagation(); }
    window.addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(function () { window.removeEventListener("click", swallow, { capture: true }); }, 60);
  }

  board.root.addEventListener("pointerdown", function (event) {
    var card = event.target.closest("[data-lead]");
    if (!card || drag || event.button || !event.isPrimary) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest("[data-move]") || board.isSaving(card)) return;
    drag = { card: card, x: event.clientX, y: event.clientY, id: event.pointerId, on: false };
    drag.startX = drag.x;
    drag.startY = drag.y;
    drag.touch = event.pointerType === "touch";
    if (drag.touch) drag.timer = setTimeout(start, LONG_PRESS);
  });

  document.addEventListener("pointermove", function (event) {
    if (!drag || event.pointerId !== drag.id) return;
    drag.x = event.clientX;
    drag.y = event.clientY;
    if (drag.on) {
      follow();
      return;
    }
    if (Math.hypot(drag.x - drag.startX, drag.y - drag.startY) < SLOP) return;
    if (drag.touch) stop(false);
    else start();
  });

  document.addEventListener("pointerup", function (event) {
    if (drag && event.pointerId === drag.id) stop(true);
  });
  document.addEventListener("pointercancel", function (event) {
    if (drag && event.pointerId === drag.id) stop(false);
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && drag && drag.on) stop(false);
  });
  window.addEventListener("blur", function () { stop(false); });

  /* While a finger drags, the page must not scroll under it; before that it may. */
  board.root.addEventListener("touchmove", function (event) {
    if (drag && drag.on && event.cancelable) event.preventDefault();
  }, { passive: false });
  board.root.addEventListener("contextmenu", function (event) {
    if (drag && drag.touch) event.preventDefault();
  });
  board.root.addEventListener("dragstart", function (event) { event.preventDefault(); });
})(window.board);
