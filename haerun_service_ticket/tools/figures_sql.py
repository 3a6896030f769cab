"""The facts behind the figures, as one SQL: a row an event, by its own time.

Each arm of the union reads one table; unit, post and person are those frozen on the
event. The arms have no aggregates, so that a period is looked up by their indexes.
"""

from odoo.tools import SQL

from .figures import COUNTS

MODEL = "haerun.ticket"
#: what may be asked of a fact, with its type
KEYS = {
    "id": "bigint",
    "kind": "varchar",
    "at": "timestamp",
    "ticket_id": "integer",
    "petition_id": "integer",
    "taker_id": "integer",
    "unit_id": "integer",
    "rep_id": "integer",
    "acted_id": "integer",
    "channel_id": "integer",
    "category_id": "integer",
    "area_id": "integer",
    "milestone_id": "integer",
    "matter": "varchar",
    "danger": "boolean",
    "road_key": "varchar",
    "house_key": "varchar",
    "handling_days": "double precision",
}
TYPES = {**KEYS, **dict.fromkeys(COUNTS, "integer")}

#: what a fact has of its ticket, where it has not its own
OF_TICKET = {
    "ticket_id": "t.id",
    "unit_id": "coalesce(t.handling_unit_id, t.intake_unit_id)",
    "rep_id": "t.handler_id",
    "channel_id": "t.channel_id",
    "category_id": "t.category_id",
    "area_id": "t.area_id",
    "matter": "t.kind",
    "danger": "coalesce(t.danger, false)",
    "road_key": "t.road_key",
    "house_key": "t.house_key",
}
#: who wrote the last reply, or answered on the spot
ANSWERED_BY = """
    coalesce(
        (SELECT r.user_id FROM haerun_ticket_reply AS r
          WHERE r.ticket_id = t.id ORDER BY r.round DESC LIMIT 1),
        CASE WHEN t.handler_id IS NULL THEN t.intake_user_id END)"""

ARMS = (
    # a petition; one that nobody has to deal with is none of ours
    (
        {
            "kind": "'petition'",
            "id": "p.id",
            "at": "p.received_at",
            "petition_id": "p.id",
            "taker_id": "p.intake_user_id",
            "unit_id": "coalesce(t.handling_unit_id, t.intake_unit_id,"
            " p.intake_unit_id)",
            "acted_id": "NULL",
            "channel_id": "p.channel_id",
            "category_id": "coalesce(t.category_id, p.category_id)",
            "road_key": "coalesce(p.road_key, t.road_key)",
            "house_key": "coalesce(p.house_key, t.house_key)",
            "petitions": "1",
            "repeats": "coalesce(p.repeated, false)::integer",
        },
        """FROM haerun_petition AS p
           LEFT JOIN haerun_ticket AS t ON t.id = p.ticket_id
          WHERE p.dismissed_at IS NULL""",
    ),
    # a ticket that was taken in without one is a petition as well
    (
        {
            "kind": "'petition'",
            "id": "t.id",
            "at": "t.opened_at",
            "petitions": "1",
            "repeats": "(t.repeat_of_id IS NOT NULL)::integer",
        },
        """FROM haerun_ticket AS t
          WHERE NOT EXISTS (SELECT FROM haerun_petition_event AS e
                             WHERE e.ticket_id = t.id)""",
    ),
    # a ticket; what was merged into another is that one's
    (
        {
            "kind": "'ticket'",
            "id": "t.id",
            "at": "t.opened_at",
            "acted_id": ANSWERED_BY,
            "tickets": "1",
        },
        "FROM haerun_ticket AS t WHERE t.merged_into_id IS NULL",
    ),
    # done in one go: without return, redo, second visit, reopening or repeat
    (
        {
            "kind": "'closed'",
            "id": "t.id",
            "at": "t.ended_at",
            "acted_id": ANSWERED_BY,
            "closed": "1",
            "redone": "(coalesce(t.redo_count, 0) > 0)::integer",
            "one_go": """(coalesce(t.return_count, 0) = 0
                AND coalesce(t.redo_count, 0) = 0
                AND coalesce(t.site_visits, 0) <= 1
                AND coalesce(t.closings, 0) <= 1
                AND coalesce(t.repeat_count, 0) = 0
                AND NOT EXISTS (SELECT FROM haerun_ticket AS again
                                 WHERE again.repeat_of_id = t.id
                                   AND again.step <> 'cancelled'))::integer""",
            "handling_days": "t.handling_days",
        },
        "FROM haerun_ticket AS t WHERE t.step = 'closed'",
    ),
    # a clock that ended; forwarding is charged to who took it in, not to who got it
    (
        {
            "kind": "'clock'",
            "id": "c.id",
            "at": "c.ended_at",
            "unit_id": "CASE WHEN m.code = 'forwarded'"
            " THEN coalesce(t.intake_unit_id, c.unit_id) ELSE c.unit_id END",
            "rep_id": "CASE WHEN m.code <> 'forwarded' THEN c.owner_id END",
            "acted_id": "CASE WHEN m.code = 'forwarded'"
            " THEN t.forwarded_by_id ELSE c.acting_user_id END",
            "milestone_id": "m.id",
            "clocks_ended": "1",
            "clocks_met": "(c.state = 'met')::integer",
            "contacts_ended": "(m.code = 'contacted')::integer",
            "contacts_met": "(m.code = 'contacted' AND c.state = 'met')::integer",
            "replies_ended": "(m.code = 'replied')::integer",
            "replies_met": "(m.code = 'replied' AND c.state = 'met')::integer",
            "arrivals_ended": "(m.code = 'on_site' AND t.danger)::integer",
            "arrivals_met": "(m.code = 'on_site' AND t.danger"
            " AND c.state = 'met')::integer",
        },
        """FROM haerun_clock AS c
           JOIN haerun_ticket AS t ON t.id = c.res_id
           JOIN haerun_time_limit AS l ON l.id = c.limit_id
           JOIN haerun_milestone AS m ON m.id = l.end_milestone_id
          WHERE c.res_model = 'haerun.ticket' AND c.state IN ('met', 'missed')""",
    ),
    (
        {
            "kind": "'forward'",
            "id": "e.id",
            "at": "e.at",
            "unit_id": "e.unit_id",
            "rep_id": "e.owner_id",
            "forwards": "1",
        },
        """FROM haerun_ticket_event AS e
           JOIN haerun_ticket AS t ON t.id = e.ticket_id
          WHERE e.kind = 'forwarded'""",
    ),
    # what was asked for and granted
    (
        {
            "kind": "r.kind",
            "id": "r.id",
            "at": "r.decided_at",
            "unit_id": "r.unit_id",
            "rep_id": "r.rep_id",
            "acted_id": "r.user_id",
            "returned": "(r.kind = 'return')::integer",
            "extended": "(r.kind = 'extension')::integer",
        },
        """FROM haerun_ticket_request AS r
           JOIN haerun_ticket AS t ON t.id = r.ticket_id
          WHERE r.state = 'approved'""",
    ),
    (
        {
            "kind": "'reply'",
            "id": "r.id",
            "at": "r.verdict_at",
            "unit_id": "r.unit_id",
            "rep_id": "r.rep_id",
            "acted_id": "r.user_id",
            "audited": "1",
            "rewritten": "(r.verdict = 'returned')::integer",
        },
        """FROM haerun_ticket_reply AS r
           JOIN haerun_ticket AS t ON t.id = r.ticket_id
          WHERE r.verdict IN ('passed', 'returned')""",
    ),
    # one verdict a ticket, the first: the section's, where it visited too
    (
        {
            "kind": "'visit'",
            "id": "v.id",
            "at": "v.concluded_at",
            "unit_id": "v.visited_unit_id",
            "rep_id": "v.visited_owner_id",
            "acted_id": """(SELECT a.acting_user_id FROM haerun_visit_answer AS a
                 WHERE a.visit_id = v.id ORDER BY a.id LIMIT 1)""",
            "visited": "1",
            "satisfied": "(v.satisfied > 0)::integer",
            "asked": """(EXISTS (SELECT FROM haerun_visit_answer AS a
                 WHERE a.visit_id = v.id AND a.about_solved
                   AND a.yes_no IS NOT NULL))::integer""",
            "solved": """(EXISTS (SELECT FROM haerun_visit_answer AS a
                 WHERE a.visit_id = v.id AND a.about_solved AND a.yes_no = 'yes')
               AND NOT EXISTS (SELECT FROM haerun_visit_answer AS a
                 WHERE a.visit_id = v.id AND a.about_solved AND a.yes_no = 'no')
               )::integer""",
        },
        """FROM haerun_return_visit AS v
           JOIN haerun_ticket AS t ON t.id = v.res_id
          WHERE v.res_model = 'haerun.ticket' AND v.state = 'done'
            AND v.round = 1 AND v.void IS NOT TRUE
            AND NOT EXISTS (
                SELECT FROM haerun_return_visit AS other
                 WHERE other.res_model = 'haerun.ticket' AND other.res_id = v.res_id
                   AND other.state = 'done' AND other.round = 1
                   AND other.void IS NOT TRUE
                   AND (coalesce(other.counts, false), -other.id)
                       > (coalesce(v.counts, false), -v.id))""",
    ),
)


def facts() -> SQL:
    """All facts, one after another; ids tell the arms apart."""
    arms = []
    for number, (given, source) in enumerate(ARMS):
        columns = []
        for name, kind in TYPES.items():
            default = "0" if name in COUNTS else OF_TICKET.get(name, "NULL")
            value = given.get(name, default)
            if name == "id":
                value = f"{value}::bigint * {len(ARMS)} + {number}"
            columns.append(f"({value})::{kind} AS {name}")
        arms.append(f"SELECT {', '.join(columns)} {source}")
    # nothing of it comes from outside
    return SQL(" UNION ALL ".join(arms))
