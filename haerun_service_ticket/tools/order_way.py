"""The way of a work order (工作任务单): its steps, and what may happen at which."""

STEPS = [
    ("planned", "Planned"),
    ("en_route", "On the Way"),
    ("on_site", "On Site"),
    ("done", "To Be Signed"),
    ("closed", "Closed"),
    ("cancelled", "Cancelled"),
]
ENDED = ("closed", "cancelled")
OPEN = tuple(code for code, _name in STEPS if code not in ENDED)
#: somebody has still to work on it
WORKING = ("planned", "en_route", "on_site")
#: the checklists of a work order
MOMENTS = [
    ("depart", "Before leaving"),
    ("door", "At the door"),
    ("work", "Quality of the work"),
    ("leave", "On leaving"),
]
#: at which step a list is ticked
TICKED_AT = {
    "depart": "planned",
    "door": "on_site",
    "work": "on_site",
    "leave": "on_site",
}
VERDICTS = [("met", "Met"), ("na", "Does not apply")]
#: how a work order ends
SIGNS = [
    ("signed", "Customer has signed"),
    ("refused", "Customer refuses to sign"),
    ("absent", "Nobody is there to sign"),
]
WATER = [
    ("none", "Runs on"),
    ("stop", "Is stopped"),
    ("restore", "Is restored"),
    ("both", "Is stopped and restored"),
]
APPOINTMENTS = [("kept", "Kept"), ("early", "Too early"), ("late", "Too late")]
#: lines of the ledger of a work order
EVENTS = [
    ("opened", "Opened"),
    ("given", "Given"),
    ("appointed", "Appointment"),
    ("departed", "On the way"),
    ("arrived", "Arrived"),
    ("severe", "Severe leak"),
    ("stopped", "Water stopped"),
    ("started", "Repair begun"),
    ("repaired", "Repair ended"),
    ("restored", "Water restored"),
    ("done", "Work done"),
    ("back", "Back to work"),
    ("sampled", "Sample inspected"),
    ("suspended", "Suspended"),
    ("resumed", "Resumed"),
    ("signed", "Signed"),
    ("refused", "Signature refused"),
    ("absent", "Nobody there to sign"),
    ("closed", "Closed"),
    ("cancelled", "Cancelled"),
]
#: who left one of these lines had a hand in the work
HAND_IN_IT = (
    "departed",
    "arrived",
    "severe",
    "stopped",
    "started",
    "repaired",
    "restored",
    "done",
    "back",
    "signed",
    "refused",
    "absent",
)
#: the field that holds when a milestone was reached and still stands
REACHED = {
    "opened": "opened_at",
    "departed": "departed_at",
    "arrived": "arrived_at",
    "stopped": "water_stopped_at",
    "started": "repair_started_at",
    "repaired": "repaired_at",
    "restored": "water_restored_at",
    "done": "done_at",
    "closed": "closed_at",
}
#: instants at a severe leak, and what must have been noted before (R109)
LEAK = {
    "stopped": None,
    "started": "stopped",
    "repaired": "started",
    "restored": "repaired",
}

#: what is typed when a work order is opened, and fixed from then on
OPENING = frozenset(
    {"kind_id", "ticket_id", "check_id", "account_id", "point_id", "redo_of_id"}
)
#: who carries it out: set by who plans
GIVEN = frozenset({"team_id", "worker_id"})
#: what who plans may put right until somebody sets out
PLANNED = frozenset({"task", "customer", "phone", "address", "area_id"})
#: agreed with the customer by whoever speaks with him
AGREED = frozenset({"appointment_from", "appointment_to"})
PLACE = frozenset({"latitude", "longitude", "place_note"})
#: what is written on site
WORK = frozenset({"work_done", "photo_ids", "photo_after_ids", "use_ids"})
#: what belongs to everybody who works on it
FREE = frozenset({"collaborator_ids", "assisting_task_ids"})
BY_HAND = OPENING | GIVEN | PLANNED | AGREED | PLACE | WORK | {"diameter"}
#: what may still be written at each step
WRITABLE = {
    "planned": GIVEN | PLANNED | AGREED | PLACE | {"diameter"},
    "en_route": GIVEN | AGREED | PLACE | {"diameter"},
    "on_site": PLACE | WORK | {"diameter"},
}
