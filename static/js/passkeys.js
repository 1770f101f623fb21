/* Passkeys: asks the browser to make or to show one, and sends its answer with the form.
   What to ask stands in the form (data-passkey-asked) or behind an address (data-passkey-url). */
(function () {
  "use strict";
  var WORDS = {
    NotAllowedError: "That was cancelled or took too long. Try again.",
    InvalidStateError: "This device has a passkey for your account already.",
    SecurityError: "Passkeys work only where Fieldfare is reached by https, or as localhost.",
    NotSupportedError: "This device can't do that. Take another one, or an authenticator app."
  };
  var library = window.webauthnJSON;
  var is_possible = library && window.PublicKeyCredential && window.isSecureContext;

  function asked(form) {
    if (form.dataset.passkeyAsked) return Promise.resolve(JSON.parse(form.dataset.passkeyAsked));
    return fetch(form.dataset.passkeyUrl, { headers: { Accept: "application/json" } })
      .then(function (answer) { return answer.json(); })
      .then(function (said) { return JSON.parse(said.asked); });
  }

  function tell(form, error) {
    var place = form.querySelector("[data-passkey-error]");
    place.textContent = WORDS[error.name] || "That did not work. Try again, or take another way.";
    place.hidden = false;
  }

  document.querySelectorAll("form[data-passkey]").forEach(function (form) {
    var without = document.querySelector("[data-passkey-impossible]");
    if (!is_possible) {
      if (without) without.hidden = false;
      return;
    }
    form.hidden = false;
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      var act = form.dataset.passkey === "make" ? library.create : library.get;
      form.querySelector("[data-passkey-error]").hidden = true;
      asked(form)
        .then(act)
        .then(function (credential) {
          form.elements.credential.value = JSON.stringify(credential);
          form.submit();
        })
        .catch(function (error) { tell(form, error); });
    });
  });
})();
