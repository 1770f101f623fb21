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

  /* By stage: how many, and what they are worth, in the server's words. */
  function count(sums) {
    if (!sums) return;
    document.querySelectorAll("[data-count]").forEach(function (place) {
      var sum = sums[place.dataset.count];
      if (sum) place.textContent = sum.count;
    });
    document.querySelectorAll("[data-value]").forEach(function (place) {
      var sum = sums[place.dataset.value];
      if (sum) place.textContent = sum.value;
    });
    root.querySelectorAll("[data-limit]").forEach(function (limit) {
      var many = parseInt(columnOf(limit).querySelector("[data-count]").textContent.replace(/\D/g, ""), 10);
      limit.classList.toggle("is-over", many > Number(limit.dataset.limit));
    });
  }

  function isBusy() {
    return Boolean(document.querySelector(".is-lifted, .is-saving, .is-kept, html.is-dragging"));
  }

  /* The card in front of which one belongs that stands at `place`; undefined behind all of them. */
  function nextOf(column, node, place) {
    return cardsOf(column).find(function (other) { return other !== node && other.dataset.place > place; });
  }

  function sitsRight(column, node, place) {
    var cards = cardsOf(column);
    var at = cards.indexOf(node);
    return at >= 0 && (at === 0 || cards[at - 1].dataset.place < place)
      && (at === cards.length - 1 || cards[at + 1].dataset.place > place);
  }

  function made(html) {
    var box = document.createElement("template");
    box.innerHTML = html.trim();
    return box.content.firstElementChild;
  }

  /* Shows one card as the server has it; nothing is touched that looks so already. */
  function put(told) {
    var column = document.getElementById("stage-" + told.stage);
    var old = card(told.id);
    if (!column) {
      if (old) old.remove();
      return;
    }
    var fresh = made(told.html);
    var isThere = old && columnOf(old) === column && sitsRight(column, old, told.place);
    if (isThere && old.innerHTML === fresh.innerHTML && old.dataset.version === fresh.dataset.version) {
      old.dataset.place = told.place;
      return;
    }
    var focused = old && old.contains(document.activeElement);
    var next = nextOf(column, old, told.place);
    if (isThere) old.replaceWith(fresh);
    else {
      if (old) old.remove();
      /* Behind the last that is shown, and more are to come: it comes with those. */
      if (!next && column.querySelector(".more")) return;
      putBefore(column, fresh, next);
    }
    fresh.classList.add("is-settled");
    if (focused) fresh.querySelector("[data-open]").focus({ preventScroll: true });
  }

  /* `cards` as they are now, `gone` the marks of those that this view has no longer. */
  function settle(news) {
    (news.gone || []).forEach(function (mark) {
      var old = root.querySelector('[data-mark="' + mark + '"]');
      if (old) old.remove();
    });
    news.cards.forEach(put);
    count(news.sums);
  }

  /* Takes over all columns of a board that was drawn anew; where stages have changed, the page. */
  function redraw(fresh) {
    var now = Array.from(fresh.querySelectorAll("[data-stage]"));
    var same = now.length === columns().length && now.every(function (each) { return document.getElementById(each.id); });
    if (!same) {
      window.location.reload();
      return;
    }
    var focused = document.activeElement.closest("[data-lead]");
    now.forEach(function (each) {
      var column = document.getElementById(each.id);
      var body = column.querySelector("[data-column]");
      var top = body.scrollTop;
      body.replaceChildren.apply(body, each.querySelector("[data-column]").childNodes);
      column.querySelector(".column-head").innerHTML = each.querySelector(".column-head").innerHTML;
      if (window.htmx) window.htmx.process(body);
      body.scrollTop = top;
      var tab = document.querySelector('.board-tabs [data-count="' + each.dataset.stage + '"]');
      if (tab) tab.textContent = column.querySelector("[data-count]").textContent;
    });
    var again = focused && card(focused.dataset.lead);
    if (again) again.querySelector("[data-open]").focus({ preventScroll: true });
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
    isBusy: isBusy, settle: settle, redraw: redraw,
  };
})();
