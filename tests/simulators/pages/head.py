"""What stands in the head of a page and gives away what the site is made with."""

from html import escape

from tests.simulators.pages.ways import Ways
from tests.simulators.truth import presence
from tests.simulators.world.organisation import Organisation

SYSTEMS = {
    "WordPress": (
        '<meta name="generator" content="WordPress 6.8.3">\n'
        '<link rel="stylesheet" href="/wp-content/themes/astra/style.css">\n'
    ),
    "Wix": '<meta name="generator" content="Wix.com Website Builder">\n',
    "Squarespace": "<!-- This is Squarespace. -->\n",
    "Drupal": '<meta name="Generator" content="Drupal 10 (https://www.drupal.org)">\n',
    "Joomla": '<meta name="generator" content="Joomla! - Open Source Content Management">\n',
    "Shopify": '<link rel="preconnect" href="https://cdn.shopify.com">\n',
    "": "",
}
TOOLS = {
    "Google Analytics": "https://www.googletagmanager.com/gtag/js?id=G-TEST00001",
    "Google Tag Manager": "https://www.googletagmanager.com/gtm.js?id=GTM-TEST01",
    "HubSpot": "https://js.hs-scripts.com/1234567.js",
    "Hotjar": "https://static.hotjar.com/c/hotjar-123456.js",
    "Intercom": "https://widget.intercom.io/widget/test",
    "reCAPTCHA": "https://www.google.com/recaptcha/api.js",
}


def lines(one: Organisation, ways: Ways) -> str:
    found = f'<meta name="description" content="{escape(one.what)}.">\n'
    if ways.narrow:
        found += '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    found += SYSTEMS[presence.site_system(one)]
    for name in presence.site_tools(one):
        found += f'<script async src="{TOOLS[name]}"></script>\n'
    return found
