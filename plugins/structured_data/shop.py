"""The shop itself: who it is, how and when to reach a person, how goods come and go back.

https://developers.google.com/search/docs/appearance/structured-data/organization
"""

from collections.abc import Iterator

from functions.shop.settings import Address, Closure, Hours, Settings
from plugins.structured_data.policies import WEEK, return_policy, shipping_services
from plugins.structured_data.script import Json


def shop_data(settings: Settings, description: str, url: str) -> Json:
    """The shop, for its home page. `url` is the site's address, without a slash at the end."""
    return {
        "@type": "OnlineStore",
        "@id": shop_id(url),
        "name": settings.name,
        "legalName": settings.legal_name,
        "description": description,
        "url": f"{url}/",
        "email": settings.email,
        "telephone": settings.phone,
        "address": _address(settings.address),
        "contactPoint": list(_contacts(settings)),
        "hasMerchantReturnPolicy": return_policy(settings, settings.shipping.countries, url),
        "hasShippingService": shipping_services(settings),
    }


def site_data(settings: Settings, url: str) -> Json:
    """The site, with the address that searches it."""
    return {
        "@type": "WebSite",
        "@id": f"{url}/#site",
        "name": settings.name,
        "url": f"{url}/",
        "inLanguage": settings.language,
        "publisher": {"@id": shop_id(url)},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{url}/search/?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }


def shop_id(url: str) -> str:
    """The name under which every page speaks of the shop."""
    return f"{url}/#shop"


def _address(address: Address) -> Json:
    found = {
        "@type": "PostalAddress",
        "streetAddress": ", ".join(line for line in (address.line1, address.line2) if line),
        "addressLocality": address.city,
        "addressRegion": address.region,
        "postalCode": address.postcode,
        "addressCountry": address.country,
    }
    return {name: text for name, text in found.items() if text}


def _contacts(settings: Settings) -> Iterator[Json]:
    """A person on the phone, and what else shoppers can write to."""
    point = {"@type": "ContactPoint", "contactType": "customer service"}
    hours = [*map(_open, settings.hours), *map(_closed, settings.closures)]
    reached = {"telephone": settings.phone, "email": settings.email}
    yield point | reached | ({"hoursAvailable": hours} if hours else {})
    yield from (point | {"name": channel.name, "url": channel.url} for channel in settings.channels)


def _open(hours: Hours) -> Json:
    days = WEEK[hours.first : hours.last + 1]
    return {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": [f"https://schema.org/{day}" for day in days],
        "opens": hours.opens,
        "closes": hours.closes,
    }


def _closed(closure: Closure) -> Json:
    """Days on which nobody answers: opening and closing at once means closed."""
    return {
        "@type": "OpeningHoursSpecification",
        "validFrom": closure.first,
        "validThrough": closure.last,
        "opens": "00:00",
        "closes": "00:00",
    }
