from . import outage_portal
