"""The way of a ticket (工单): its steps, and what may happen at which of them."""

STEPS = [
    ("accepted", "Taken in"),
    ("forwarded", "To sign for"),
    ("signed", "In handling"),
    ("replied", "To audit"),
    ("audited", "To feed back"),
    ("fed_back", "Fed back"),
    ("closed", "Closed"),
    ("cancelled", "Cancelled"),
]
ENDED = ("closed", "cancelled")
OPEN = tuple(code for code, _name in STEPS if code not in ENDED)
#: the representative of the unit has it
HANDLING = ("forwarded", "signed")
#: the field that holds when a milestone was reached and still stands
REACHED = {
    "accepted": "opened_at",
    "forwarded": "forwarded_at",
    "signed": "signed_at",
    "contacted": "contacted_at",
    "told": "limit_told_at",
    "on_site": "on_site_at",
    "replied": "replied_at",
    "audited": "audited_at",
    "fed_back": "fed_back_at",
    "visited": "visited_at",
}
#: an extension puts off what comes after these milestones, not the first contact
PUT_OFF = ("replied", "fed_back", "closed")
#: what begins anew when a ticket goes to another representative
BEGINS_ANEW = ("forwarded", "signed")

PRIORITIES = [("0", "Normal"), ("1", "Important"), ("2", "Urgent"), ("3", "Danger")]
KINDS = [
    ("application", "Application"),
    ("consultation", "Consultation"),
    ("fault", "Fault"),
    ("fee", "Fee or volume"),
    ("complaint", "Complaint"),
    ("quality", "Water quality"),
    ("emergency", "Emergency"),
    ("suggestion", "Suggestion"),
]
RESULTS = [
    ("solved", "Solved"),
    ("explained", "Explained"),
    ("partly", "Solved in part"),
    ("unfounded", "Not as reported"),
    ("impossible", "Cannot be done"),
]
#: lines of the ledger of a ticket
EVENTS = [
    ("opened", "Taken in"),
    ("noticed", "One-time notice"),
    ("completed", "Materials complete"),
    ("changed", "Kind changed"),
    ("forwarded", "Forwarded"),
    ("return_asked", "Return asked for"),
    ("returned", "Returned"),
    ("return_refused", "Return refused"),
    ("signed", "Signed for"),
    ("contacted", "Customer contacted"),
    ("told", "Limit told"),
    ("on_site", "Measures on site"),
    ("replied", "Reply submitted"),
    ("audited", "Audit passed"),
    ("rewrite", "To be rewritten"),
    ("fed_back", "Fed back"),
    ("visited", "Return visit"),
    ("redo", "To be redone"),
    ("extension_asked", "Extension asked for"),
    ("extended", "Extended"),
    ("extension_refused", "Extension refused"),
    ("suspended", "Suspended"),
    ("resumed", "Resumed"),
    ("closed", "Closed"),
    ("cancelled", "Cancelled"),
    ("reopened", "Reopened"),
]
REQUESTS = [("return", "Return"), ("extension", "Extension")]

#: what is typed when a ticket is taken in
INTAKE = frozenset(
    {
        "title",
        "text",
        "channel_id",
        "category_id",
        "priority",
        "complex",
        "anonymous",
        "customer",
        "phone",
        "id_number",
        "account_id",
        "point_id",
        "address",
        "area_id",
        "parent_id",
    }
)
#: of that, what who coordinates may still put right afterwards
CORRECTABLE = INTAKE - {"title", "text", "channel_id"}
#: what who handles it writes
HANDLED = frozenset({"draft", "result", "account_id", "point_id"})
#: what belongs to everybody who works on a ticket
FREE = frozenset({"collaborator_ids", "assisting_task_ids", "material_ids"})
#: what limits ask for: clocks follow when it changes
ASKED = frozenset({"category_id", "priority", "complex", "anonymous"})
