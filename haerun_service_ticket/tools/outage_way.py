"""The way of an outage (停水公告): its steps, and what may happen at which of them."""

KINDS = [("planned", "Planned outage"), ("burst", "Emergency repair")]
#: what it is called in texts to customers
CALLED = {"planned": "计划停水", "burst": "抢修停水"}
STEPS = [
    ("draft", "Draft"),
    ("announced", "Announced"),
    ("running", "Water is off"),
    ("restored", "Restored"),
    ("withdrawn", "Withdrawn"),
]
#: customers are told of these
OPEN = ("announced", "running")
#: the steps at which each turn may be taken
FROM = {
    "announce": ("draft",),
    "begin": ("announced",),
    "extend": OPEN,
    "restore": ("running",),
    "withdraw": ("draft", "announced"),
    "tell": ("announced", "running", "restored"),
    "widen": OPEN,
}
EVENTS = [
    ("announced", "Announced"),
    ("began", "Water turned off"),
    ("extended", "Takes longer"),
    ("widened", "Reaches further"),
    ("restored", "Supply restored"),
    ("withdrawn", "Withdrawn"),
    ("told", "Petitions answered"),
    ("messaged", "Customers told by SMS"),
]
#: what is typed; of that, what stands once it is announced
BY_HAND = frozenset(
    {
        "external_no",
        "kind",
        "name",
        "reason",
        "planned_from",
        "planned_to",
        "short_reason",
        "approval_no",
        "unit_id",
        "place_ids",
        "water_points",
        "notice_text",
        "ticket_id",
    }
)
FREE = frozenset({"water_points", "ticket_id", "place_ids"})
WHATS = [
    ("announced", "Announcement"),
    ("extended", "Takes longer"),
    ("restored", "Supply restored"),
]
