"""Carriers: where a parcel can be followed."""

import re
from urllib.parse import quote

TRACKING = {
    "an post": "https://www.anpost.com/Post-Parcels/Track/History?item={}",
    "australia post": "https://auspost.com.au/mypost/track/details/{}",
    "bpost": "https://track.bpost.cloud/btr/web/#/search?itemCode={}",
    "canada post": "https://www.canadapost-postescanada.ca/track-reperage/en#/search?searchFor={}",
    "colissimo": "https://www.laposte.fr/outils/suivre-vos-envois?code={}",
    "correos": "https://www.correos.es/es/es/herramientas/localizador/envios/detalle?tracking-number={}",
    "deutsche post": "https://www.deutschepost.de/de/s/sendungsverfolgung.html?piececode={}",
    "dhl": "https://www.dhl.com/en/express/tracking.html?AWB={}",
    "dpd": "https://tracking.dpd.de/status/en_US/parcel/{}",
    "evri": "https://www.evri.com/track/parcel/{}",
    "fedex": "https://www.fedex.com/fedextrack/?trknbr={}",
    "gls": "https://gls-group.com/track/{}",
    "hermes": "https://www.myhermes.de/empfangen/sendungsverfolgung/sendungsinformation#{}",
    "la poste": "https://www.laposte.fr/outils/suivre-vos-envois?code={}",
    "parcelforce": "https://www.parcelforce.com/track-trace?trackNumber={}",
    "post.at": "https://www.post.at/sv/sendungssuche?snr={}",
    "postnl": "https://jouw.postnl.nl/track-and-trace/{}",
    "royal mail": "https://www.royalmail.com/track-your-item#/tracking-results/{}",
    "swiss post": "https://service.post.ch/ekp-web/ui/entry/search/{}",
    "ups": "https://www.ups.com/track?tracknum={}",
    "usps": "https://tools.usps.com/go/TrackConfirmAction?tLabels={}",
}
"""The page of each carrier that takes a number in its address; other carriers are named without a link."""


def tracking_url(carrier: str, tracking: str) -> str:
    """Where a parcel can be followed; empty for a carrier that is not known, or without a number."""
    number = re.sub(r"\s", "", tracking)
    page = TRACKING.get(" ".join(carrier.casefold().split()))
    return page.format(quote(number, safe="")) if page and number else ""
