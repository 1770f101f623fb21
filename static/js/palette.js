/* The command palette: Ctrl+K or Cmd+K, or the button; arrows choose, Enter opens, Escape closes. */
(function () {
  "use strict";
  var PAUSE = 150;
  var LEAD = /^\/leads\/([0-9a-f]{8}-[0-9a-f-]{27})\//;
  var GONE = "You have been signed out, or may not search here. Reload the page to see.";
  var FAILED = "The server cannot be reached. Check your connection and type again.";
  var dialog = document.getElementById("palette");
  if (!dialog || !dialog.showModal) return;
  var input = document.getElementById("palette-q");
  var list = document.getElementById("palette-options");
  var said = document.getElementById("palette-said");
  var timer = null;
  var asking = null;

  function options() {
    return Array.prototype.slice.call(list.querySelectorAll("[role=option]"));
  }

  function active() {
    return list.querySelector("[aria-selected=true]");
  }

  function choose(option) {
    var before = active();
    if (before) before.setAttribute("aria-selected", "false");
    if (!option) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function show(html) {
    list.innerHTML = html;
    var found = options();
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
    list.scrollTop = 0;
    choose(found[0]);
    said.textContent = found.length
      ? list.firstElementChild.dataset.said.trim()
      : "Nothing is called like that. Write fewer words, or only their first letters.";
  }

  function fail(text) {
    show("");
    said.textContent = text;
  }

  /* What was asked before is dropped, so that no late answer stands below newer words. */
  function ask() {
    if (asking) asking.abort();
    var mine = asking = new AbortController();
    var lead = LEAD.exec(location.pathname);
    var query = new URLSearchParams({ q: input.value });
    if (lead) query.set("on", lead[1]);
    fetch(dialog.dataset.url + "?" + query, { signal: mine.signal, credentials: "same-origin" })
      .then(function (answer) {
        if (answer.redirected || !answer.ok) return fail(GONE);
        return answer.text().then(function (html) {
          if (mine === asking) show(html);
        });
      })
      .catch(function (error) {
        if (error.name !== "AbortError") fail(FAILED);
      });
  }

  function open() {
    if (dialog.open) return;
    dialog.showModal();
    input.select();
    ask();
  }

  function close() {
    clearTimeout(timer);
    if (asking) asking.abort();
    dialog.close();
  }

  function move(step) {
    var found = options();
    if (!found.length) return;
    var place = found.indexOf(active()) + step;
    choose(found[(place + found.length) % found.length]);
  }

  document.addEventListener("keydown", function (event) {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
    if (event.altKey || event.shiftKey) return;
    event.preventDefault();
    if (dialog.open) close();
    else open();
  });

  document.addEventListener("click", function (event) {
    if (event.target === dialog || event.target.closest("[data-palette-close]")) {
      close();
      return;
    }
    var opener = event.target.closest("[data-palette-open]");
    if (!opener || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });

  input.addEventListener("input", function () {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });

  input.addEventListener("keydown", function (event) {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(-1);
    else if (event.key === "Enter" && isAnswered()) {
      active().dispatchEvent(new MouseEvent("click", {
        bubbles: true, cancelable: true, ctrlKey: event.ctrlKey, metaKey: event.metaKey
      }));
    } else return;
    event.preventDefault();
  });

  /* Whether what is offered answers what stands there; otherwise Enter searches on a page. */
  function isAnswered() {
    var typed = input.value.trim().replace(/\s+/g, " ");
    return Boolean(active()) && list.firstElementChild.dataset.q === typed;
  }

  list.addEventListener("click", function (event) {
    /* A link into this page leaves the palette open otherwise. */
    if (event.target.closest("[role=option]") && !event.ctrlKey && !event.metaKey) close();
  });

  list.addEventListener("mousemove", function (event) {
    var option = event.target.closest("[role=option]");
    if (option && option !== active()) choose(option);
  });

  window.addEventListener("pagehide", function () {
    if (dialog.open) close();
  });
})();
