/* Where cards are and where they go: the board as its other scripts see it. */
window.board = (function () {
  "use strict";
  var root = document.querySelector("[data-board]");
  var live = document.getElementById("board-live");

  function columnOf(node) { return node.closest("[data-stage]"); }
  function columns() { return Array.from(root.querySelectorAll("[data-stage]")); }
  function cardsOf(column) { return Array.from(column.querySelectorAll("[data-lead]")); }
  function card(id) { return document.getElementById("lead-" + id); }

  /* A column is filled in windows ("Show more"), so a neighbour's parent is the place to insert. */
  function putBefore(column, node, next) {
    if (next) {
      next.parentNode.insertBefore(node, next);
      return;
    }
    var others = cardsOf(column).filter(function (other) { return other !== node; });
    var last = others[others.length - 1];
    if (last) last.after(node);
    else column.querySelector("[data-column] .window").prepend(node);
  }

  function putAfter(column, node, previousId) {
    var cards = cardsOf(column).filter(function (other) { return other !== node; });
    var at = cards.findIndex(function (other) { return other.dataset.lead === previousId; });
    putBefore(column, node, cards[at + 1]);
  }

  function previousId(node) {
    var cards = cardsOf(columnOf(node));
    var before = cards[cards.indexOf(node) - 1];
    return before ? before.dataset.lead : "";
  }

  function count(counts) {
    if (!counts) return;
    document.querySelectorAll("[data-count]").forEach(function (place) {
      place.textContent = Number(counts[place.dataset.count] || 0).toLocaleString("en-GB");
    });
  }

  function say(text) {
    live.textContent = "";
    requestAnimationFrame(function () { live.textContent = text; });
  }

  /* Phones show one column at a time: the tab of the one in view is marked. */
  function mark(column) {
    document.querySelectorAll(".board-tabs a").forEach(function (tab) {
      var here = tab.getAttribute("href") === "#" + column.id;
      if (here) tab.setAttribute("aria-current", "true");
      else tab.removeAttribute("aria-current");
      if (here && tab.offsetParent) {
        tab.parentNode.scrollTo({ left: tab.offsetLeft - tab.parentNode.clientWidth / 2 + tab.offsetWidth / 2 });
      }
    });
  }

  var sight = new IntersectionObserver(function (seen) {
    seen.forEach(function (entry) { if (entry.isIntersecting) mark(entry.target); });
  }, { root: root, threshold: 0.6 });
  columns().forEach(function (column) { sight.observe(column); });

  document.querySelector(".board-tabs").addEventListener("click", function (event) {
    var tab = event.target.closest("a");
    if (!tab) return;
    event.preventDefault();
    var column = document.getElementById(tab.hash.slice(1));
    root.scrollTo({ left: column.offsetLeft - columns()[0].offsetLeft, behavior: "smooth" });
  });

  return {
    root: root, columnOf: columnOf, columns: columns, cardsOf: cardsOf, card: card, count: count,
    putBefore: putBefore, putAfter: putAfter, previousId: previousId, say: say,
  };
})();
