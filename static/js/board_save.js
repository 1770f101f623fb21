/* Tells the server about a move, asks what it asks for, and shows what it says is true. */
(function (board) {
  "use strict";
  var SIGNED_OUT = "You have been signed out. Sign in again, then move the card.";
  var OFFLINE = "The move was not saved: the server cannot be reached. The card is back where it was.";
  var dialog = document.querySelector("[data-ask-dialog]");

  function isSorted() { return board.root.dataset.order !== "own"; }

  function place(card) {
    return { stage: board.columnOf(card).dataset.stage, after: board.previousId(card) };
  }

  function putBack(cards, origins) {
    cards.forEach(function (card, at) {
      board.putAfter(document.getElementById("stage-" + origins[at].stage), card, origins[at].after);
    });
  }

  /* In their order, in front of `next` or at the end. */
  function putAll(column, cards, next) {
    var all = board.cardsOf(column);
    while (cards.includes(next)) next = all[all.indexOf(next) + 1];
    cards.forEach(function (card) { board.putBefore(column, card, next); });
  }

  function stands(card) {
    var column = board.columnOf(card);
    var known = parseInt(column.querySelector("[data-count]").textContent.replace(/\D/g, ""), 10) || 0;
    var cards = board.cardsOf(column);
    var many = Math.max(known, cards.length).toLocaleString("en-GB");
    return column.dataset.name + ", position " + (cards.indexOf(card) + 1) + " of " + many;
  }

  function title(card) { return card.querySelector("[data-open]").textContent; }

  function moved(ids, answer) {
    var card = ids.length === 1 && board.card(ids[0]);
    return card ? title(card) + " moved to " + stands(card) + "." : answer.message;
  }

  function focusFirst(ids) {
    var card = board.card(ids[0]);
    if (card) card.querySelector("[data-open]").focus({ preventScroll: true });
  }

  function accept(job, answer) {
    var focused = job.cards.some(function (card) { return card.contains(document.activeElement); });
    board.settle(answer);
    var said = moved(job.ids, answer);
    board.say(said);
    if (focused || job.asked) focusFirst(job.ids);
    var isMove = job.origins.some(function (origin) { return origin.stage !== job.target.stage; });
    board.undoable(answer.undo, said, isMove);
    if (job.cards.length > 1) board.selectNone();
  }

  /* Refused: the cards go where they truly are, in the words of the server. */
  function refuse(job, answer) {
    putBack(job.cards, job.origins);
    if (answer.cards) board.settle(answer);
    var first = board.card(job.ids[0]);
    if (first) first.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (job.asked) focusFirst(job.ids);
    board.say(answer.message);
    window.fieldfare.tell(answer.message, "error");
  }

  function giveUp(job) {
    mark(job, "is-kept", false);
    putBack(job.cards, job.origins);
    focusFirst(job.ids);
    board.say("Put back.");
  }

  /* The small form of the stage; it is sent as the move was, with the answers. */
  function ask(job, answer) {
    mark(job, "is-kept", true);
    job.asked = true;
    dialog.innerHTML = answer.ask;
    var form = dialog.querySelector("form");
    var done = false;
    dialog.onclose = function () { if (!done) giveUp(job); };
    dialog.querySelector("[data-cancel]").addEventListener("click", function (event) {
      event.preventDefault();
      dialog.close();
    });
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      done = true;
      dialog.close();
      mark(job, "is-kept", false);
      send(job, new URLSearchParams(new FormData(form)));
    });
    dialog.showModal();
  }

  function mark(job, word, isOn) {
    job.cards.forEach(function (card) { card.classList.toggle(word, isOn); });
  }

  function read(response) {
    var type = response.headers.get("Content-Type") || "";
    if (type.indexOf("application/json") === 0) return response.json();
    if (response.redirected || response.status === 401) return { message: SIGNED_OUT };
    return { message: "The move was not saved (answer " + response.status + "). Reload the page and try again." };
  }

  /* With the board's filters, so that the counts that come back are theirs. */
  function post(url, body) {
    var headers = JSON.parse(document.body.getAttribute("hx-headers"));
    headers.Accept = "application/json";
    var sent = { method: "POST", headers: headers, credentials: "same-origin", body: body };
    return fetch(url + window.location.search, sent);
  }

  function told(job) {
    var body = new URLSearchParams({ stage: job.target.stage, after: job.target.after });
    if (job.cards.length === 1) {
      body.set("version", job.cards[0].dataset.version);
      return body;
    }
    body.set("placed", isSorted() ? "" : "1");
    job.cards.forEach(function (card) {
      body.append("lead", card.dataset.lead);
      body.set("version-" + card.dataset.lead, card.dataset.version);
    });
    return body;
  }

  async function send(job, body) {
    mark(job, "is-saving", true);
    var answer, isDone = false;
    try {
      var response = await post(job.url, body);
      answer = await read(response);
      isDone = response.ok && Boolean(answer.cards);
    } catch (failed) {
      answer = { message: OFFLINE };
    }
    mark(job, "is-saving", false);
    if (isDone) accept(job, answer);
    else if (answer.ask) ask(job, answer);
    else refuse(job, answer);
  }

  /* The cards stand at their new place already, one below the other; origins is where they stood. */
  function save(cards, origins) {
    var target = place(cards[0]);
    if (isSorted()) target.after = "";
    var same = cards.every(function (card, at) {
      var now = place(card);
      return now.stage === origins[at].stage && (isSorted() || now.after === origins[at].after);
    });
    if (same) {
      putBack(cards, origins);
      return;
    }
    send({
      cards: cards,
      ids: cards.map(function (card) { return card.dataset.lead; }),
      origins: origins,
      target: target,
      url: cards.length === 1 ? cards[0].dataset.moveUrl : board.root.dataset.moveMany,
    }, told({ cards: cards, target: target }));
  }

  board.place = place;
  board.putBack = putBack;
  board.putAll = putAll;
  board.post = post;
  board.readAnswer = read;
  board.save = save;
  board.stands = stands;
  board.title = title;
  board.isSorted = isSorted;
  board.isSaving = function (card) { return card.matches(".is-saving, .is-kept"); };
})(window.board);
