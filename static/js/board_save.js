/* Tells the server about a move, and shows what the server says is true. */
(function (board) {
  "use strict";
  var SIGNED_OUT = "You have been signed out. Sign in again, then move the card.";
  var OFFLINE = "The move was not saved: the server cannot be reached. The card is back where it was.";

  function place(card) {
    return { stage: board.columnOf(card).dataset.stage, after: board.previousId(card) };
  }

  function putBack(card, origin) {
    var column = document.getElementById("stage-" + origin.stage);
    board.putAfter(column, card, origin.after);
  }

  function redraw(card, html) {
    var box = document.createElement("template");
    box.innerHTML = html.trim();
    var fresh = box.content.firstElementChild;
    var focused = card.contains(document.activeElement);
    card.replaceWith(fresh);
    if (window.htmx) window.htmx.process(fresh);
    fresh.classList.add("is-settled");
    if (focused) fresh.querySelector("[data-open]").focus({ preventScroll: true });
    return fresh;
  }

  function accept(card, origin, answer) {
    redraw(card, answer.card);
    board.count(answer.counts);
    board.say(answer.message);
    if (answer.stage !== origin.stage) window.fieldfare.tell(answer.message, "success");
  }

  /* Refused: the card goes where it truly is, in the words of the server. */
  function refuse(card, origin, answer) {
    var truth = answer.stage && document.getElementById("stage-" + answer.stage);
    if (truth && answer.stage !== origin.stage) board.putBefore(truth, card, board.cardsOf(truth)[0]);
    else putBack(card, origin);
    if (answer.card) card = redraw(card, answer.card);
    card.scrollIntoView({ block: "nearest", inline: "nearest" });
    board.count(answer.counts);
    board.say(answer.message);
    window.fieldfare.tell(answer.message, "error");
  }

  function read(response) {
    var type = response.headers.get("Content-Type") || "";
    if (type.indexOf("application/json") === 0) return response.json();
    if (response.redirected || response.status === 401) return { message: SIGNED_OUT };
    return { message: "The move was not saved (answer " + response.status + "). Reload the page and try again." };
  }

  function send(card, target) {
    var headers = JSON.parse(document.body.getAttribute("hx-headers"));
    headers.Accept = "application/json";
    /* With the board's filters, so that the counts that come back are theirs. */
    return fetch(card.dataset.moveUrl + window.location.search, {
      method: "POST",
      headers: headers,
      credentials: "same-origin",
      body: new URLSearchParams({ stage: target.stage, version: card.dataset.version, after: target.after }),
    });
  }

  /* The card stands at its new place already; origin is where it stood before. */
  async function save(card, origin) {
    var target = place(card);
    if (target.stage === origin.stage && target.after === origin.after) return;
    card.classList.add("is-saving");
    try {
      var response = await send(card, target);
      var answer = await read(response);
      card.classList.remove("is-saving");
      if (response.ok && answer.card) accept(card, origin, answer);
      else refuse(card, origin, answer);
    } catch (failed) {
      card.classList.remove("is-saving");
      refuse(card, origin, { message: OFFLINE });
    }
  }

  board.place = place;
  board.putBack = putBack;
  board.save = save;
  board.isSaving = function (card) { return card.classList.contains("is-saving"); };
})(window.board);
