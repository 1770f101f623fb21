/* Colleagues' changes: asked for every few seconds while the board is seen, and shown while no card
   is in hand. */
(function (board) {
  "use strict";
  var EVERY = 4000;
  /* After very much at once, as while campaigns find: columns are not drawn anew all the time. */
  var PAUSE = 15000;
  var SLOWEST = 60000;
  var AGAIN = 300;
  var url = board.root.dataset.news;
  var wait = EVERY;
  var timer = null;
  var held = null;
  var waiting = [];

  function ask(since) {
    var asked = new URL(url, window.location.href);
    asked.searchParams.set("since", since);
    return asked;
  }

  function later(milliseconds) {
    clearTimeout(timer);
    timer = setTimeout(look, milliseconds);
  }

  /* What came while a card was in hand is shown when it is let go, in the order of its arrival. */
  function show() {
    while (waiting.length) {
      if (board.isBusy()) {
        clearTimeout(held);
        held = setTimeout(show, AGAIN);
        return;
      }
      board.settle(waiting.shift());
    }
  }

  /* Very much has changed: all columns are drawn anew, and stay where they were scrolled to. */
  async function redraw() {
    var answer = await fetch(window.location.href, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) throw new Error("no board");
    var fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    var root = fresh.querySelector("[data-board]");
    if (!root) throw new Error("no board");
    while (board.isBusy()) await new Promise(function (go) { setTimeout(go, AGAIN); });
    waiting = [];
    board.redraw(root);
    url = root.dataset.news;
  }

  async function take(answer) {
    if (answer.status === 204) {
      url = ask(answer.headers.get("X-Since")).href;
      return EVERY;
    }
    var news = await answer.json();
    if (news.all) {
      await redraw();
      return PAUSE;
    }
    url = ask(news.since).href;
    waiting.push(news);
    show();
    return EVERY;
  }

  async function look() {
    if (document.hidden) return;
    try {
      var answer = await fetch(url, { credentials: "same-origin", headers: { Accept: "application/json" } });
      /* Signed out, or no longer of this company: the bell says so. */
      if (answer.redirected || answer.status === 401 || answer.status === 403) return;
      if (!answer.ok) throw new Error("no news");
      wait = await take(answer);
    } catch (failed) {
      wait = Math.min(SLOWEST, wait * 2);
    }
    later(wait);
  }

  if (!url) return;
  document.addEventListener("visibilitychange", function () { if (!document.hidden) later(0); });
  window.addEventListener("pageshow", function (event) { if (event.persisted) later(0); });
  later(EVERY);
})(window.board);
