"""Addresses of 高德地图 (Amap): on a phone they open its navigation."""

from urllib.parse import urlencode

BASE = "https://uri.amap.com"


def marker(longitude: float, latitude: float, name: str | bool = None) -> str:
    """Return the address that shows a place.

    :param longitude: degrees east, WGS 84
    :param latitude: degrees north, WGS 84
    :param name: what is written at the marker
    """
    query = {"position": f"{longitude:.6f},{latitude:.6f}"}
    if name:
        query["name"] = name
    query |= {"coordinate": "wgs84", "callnative": 1}
    return f"{BASE}/marker?{urlencode(query, safe=',')}"


def search(address: str) -> str:
    """Return the address that looks for ``address`` on the map."""
    return f"{BASE}/search?{urlencode({'keyword': address, 'callnative': 1})}"
