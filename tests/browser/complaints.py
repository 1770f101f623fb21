"""What a browser complains about while a test drives it."""

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, WebError

# A refused move is answered with one of these; the page says why in its own words.
# So does the bell of whoever was signed out.
REFUSALS = (
    "status of 409",
    "status of 410",
    "status of 422",
    "status of 401",
    "Code 401 from /notices/unread/",
    # Of a page whose network was taken away.
    "net::ERR_INTERNET_DISCONNECTED",
)
WATCH = """
addEventListener("securitypolicyviolation", (event) => console.error(
  "Content-Security-Policy: " + event.violatedDirective + " " + event.blockedURI));
"""


class Complaints(list[str]):
    """Errors of the console, uncaught exceptions and violations of the policy."""

    def listen(self, context: BrowserContext) -> None:
        """Collect from every page of this browser."""
        context.add_init_script(WATCH)
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("dialog", self._dialog)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not any(r in message.text for r in REFUSALS):
            self.append(f"{message.page.url if message.page else ''}: {message.text}")

    def _error(self, error: WebError) -> None:
        self.append(str(error.error))

    def _dialog(self, dialog: Dialog) -> None:
        self.append(f"dialog: {dialog.message}")
        dialog.accept()
