"""What each service's key is for, where to get one, and what goes on without."""

from dataclasses import dataclass

from crm.outside.services import SERVICES

# The service whose model is a setting.
OPENAI = "openai"


@dataclass(frozen=True)
class What:
    """`setting` holds the installation's key; `where` is an address as people read it."""

    service: str
    icon: str
    setting: str
    purpose: str
    where: str
    how: str
    without: str
    is_free: bool = False

    @property
    def label(self) -> str:
        return SERVICES[self.service].label


EVERY = {
    what.service: what
    for what in (
        What(
            OPENAI,
            "sparkles",
            "OPENAI_API_KEY",
            "Searches the open web for organisations that fit a campaign, and names the pages on "
            "which it found each.",
            "platform.openai.com/api-keys",
            "Create a secret key; it begins with sk-. The account needs credit, or a card.",
            "Campaigns search the registers and the other services, but not the web.",
        ),
        What(
            "companies_house",
            "landmark",
            "COMPANIES_HOUSE_KEY",
            "Finds companies by trade, place and age in the official register, and checks that a "
            "company is active and where it is registered. It is free.",
            "developer.company-information.service.gov.uk",
            "Register an application, live and not test, and create a REST key for it.",
            "Campaigns know the companies of the bundled registers alone, and can't check whether "
            "others are active.",
            is_free=True,
        ),
        What(
            "google_places",
            "map-pin",
            "GOOGLE_PLACES_KEY",
            "Finds places of business on the map. Google allows us to keep its own id for each, "
            "and to show the rest live.",
            "console.cloud.google.com/google/maps-apis",
            "Enable Places API (New), then create an API key that is restricted to it.",
            "Campaigns find no places by the map.",
        ),
        What(
            "apollo",
            "rocket",
            "APOLLO_KEY",
            "Finds organisations by keywords, size, place and the job titles they have.",
            "app.apollo.io/#/settings/integrations/api",
            "Create a master key; Apollo’s plan must include its API.",
            "Campaigns do not search Apollo.",
        ),
        What(
            "hunter",
            "at-sign",
            "HUNTER_KEY",
            "Finds organisations and their published e-mail addresses by website.",
            "hunter.io/api-keys",
            "Copy the key that stands there, or create one for Fieldfare.",
            "Campaigns do not search Hunter.",
        ),
        What(
            "zerobounce",
            "mail-check",
            "ZEROBOUNCE_KEY",
            "Asks the mail servers whether an e-mail address exists, before anybody writes there.",
            "zerobounce.net/members/api",
            "Copy the API key that stands there, or create one for Fieldfare.",
            "Addresses are judged by their form and their domain alone.",
        ),
        What(
            "twilio",
            "phone",
            "TWILIO_KEY",
            "Looks a phone number up: whether it can be rung, and whether it is a landline, a "
            "mobile or internet telephony.",
            "console.twilio.com",
            "Create an API key under Account. Put in its SID and its secret with a colon between: "
            "SK…:… The secret is shown once.",
            "Numbers are judged by their digits alone.",
        ),
        What(
            "clearbit",
            "building-2",
            "CLEARBIT_KEY",
            "Tells size, industry and profiles of a company by its website. Keys are no longer "
            "sold: this is for those who have one from 2023 or before.",
            "dashboard.clearbit.com/api",
            "Copy the secret key; it begins with sk_.",
            "Other services tell the same.",
        ),
    )
}
