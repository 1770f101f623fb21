/* Toasts, and what every page says when a request in the background fails. */
(function () {
  "use strict";
  var STAY = 8000;
  /* Whoever comes to it by Tab must find what can still be undone. */
  var STAY_TO_ACT = 60000;

  function leave(toast) {
    if (toast.matches(":hover, :focus-within")) {
      setTimeout(leave, STAY / 2, toast);
      return;
    }
    toast.remove();
  }

  function tell(text, tone, stay) {
    var list = document.getElementById("toasts");
    var copy = document.getElementById("toast-template").content.cloneNode(true);
    var toast = copy.querySelector("[data-toast]");
    toast.classList.add("toast-" + (tone || "success"));
    toast.querySelector("p").textContent = text;
    list.appendChild(copy);
    makeRoom();
    if (tone !== "error") setTimeout(leave, stay || STAY, toast);
    return toast;
  }

  function makeRoom() {
    var list = document.getElementById("toasts");
    while (list.children.length > 4) list.firstElementChild.remove();
  }

  window.fieldfare = { tell: tell };

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-dismiss]");
    if (button) button.closest("[data-toast]").remove();
  });

  document.querySelectorAll(".toast-success, .toast-info").forEach(function (toast) {
    setTimeout(leave, toast.querySelector("form") ? STAY_TO_ACT : STAY, toast);
  });

  /* A menu gives way to whatever is done beside it. */
  document.addEventListener("click", function (event) {
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
  document.addEventListener("keydown", function (event) {
    var menu = event.key === "Escape" && document.querySelector("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  /* Toasts that the server sends to an open page. */
  document.addEventListener("htmx:load", function (event) {
    if (!event.target.matches("[data-toast]")) return;
    makeRoom();
    setTimeout(leave, STAY, event.target);
  });

  /* A live part says its state aloud when that changes, not at every poll. */
  var said = "";
  document.addEventListener("htmx:afterSettle", function () {
    var live = document.querySelector("[data-announce]");
    if (!live || live.dataset.announce === said) return;
    said = live.dataset.announce;
    document.getElementById("announcer").textContent = said;
  });

  var silent = false;
  document.addEventListener("htmx:sendError", function (event) {
    if (silent || event.target.id === "bell") return;
    silent = true;
    tell("The server cannot be reached. Check your connection; this page keeps trying.", "error");
  });
  document.addEventListener("htmx:afterOnLoad", function (event) {
    if (event.detail.xhr.status !== 503) silent = false;
  });
  document.addEventListener("htmx:beforeOnLoad", function (event) {
    /* What a page asks by itself, in time or as it comes into view, leads nobody away from what
       they write; the bell says why it stands still, and once they have signed in elsewhere it
       goes on. */
    var by = event.detail.requestConfig.triggeringEvent;
    var isAskedByItself = !by || by.type === "revealed" || by.type === "intersect";
    if (isAskedByItself && event.detail.xhr.getResponseHeader("HX-Redirect")) event.preventDefault();
  });
  document.addEventListener("htmx:responseError", function (event) {
    var status = event.detail.xhr.status;
    if (event.target.id === "bell") return;
    var type = event.detail.xhr.getResponseHeader("Content-Type") || "";
    if ((status === 403 || status === 410) && type.indexOf("text/plain") === 0) {
      tell(event.detail.xhr.responseText, "error");
    } else if (status === 401 || status === 403) {
      tell("You may not do that, or you have been signed out. Reload the page to see.", "error");
    } else if (status === 503) {
      /* The server says why, in a sentence; a page that asks every second says it once. */
      if (!silent || event.detail.requestConfig.verb !== "get") tell(event.detail.xhr.responseText, "error");
      silent = true;
    } else {
      tell("That did not work (answer " + status + "). Reload the page and try again.", "error");
    }
  });
})();
