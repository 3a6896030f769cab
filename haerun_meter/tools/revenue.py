"""What money moved, as sums by month, period, branch, book, reader and use.

Bills, reversals and allocations are only ever added, so each statement that adds
some adds one row a group with what they come to: figures are sums of such rows, exact
in the transaction that moved them.
"""

from odoo.tools import SQL

ZONE = "Asia/Shanghai"

#: what the rows are counted by; frozen on the bill
KEYS = ("period", "unit_id", "book_id", "reader_id", "use_class")
#: what is added up
SUMS = ("bill_count", "volume", "billed", "collected", "on_time")

#: rate → (figure above, figure below)
RATES = {
    "collection_rate": ("collected", "billed"),
    "on_time_rate": ("on_time", "billed"),
}


def month(moment: SQL) -> SQL:
    """The first day of the month in which a naive UTC moment lies at the company."""
    return SQL(
        "date_trunc('month', %s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date",
        moment,
        ZONE,
    )


def columns(names, table="") -> SQL:
    prefix = [table] if table else []
    return SQL(", ").join(SQL.identifier(*prefix, name) for name in names)


def noted(month_of: SQL, source: SQL, sums) -> SQL:
    """INSERT of one row a group of what a statement has moved.

    :param month_of: the month in which it moved, over ``source``
    :param source: FROM and WHERE, with the bill as ``bill``
    :param sums: SQL of each of :data:`SUMS`, in their order
    """
    keys = columns(KEYS, "bill")
    return SQL(
        """INSERT INTO haerun_revenue_figure (month, %(names)s, %(sums)s)
           SELECT %(month)s, %(keys)s, %(values)s %(source)s GROUP BY 1, %(keys)s""",
        names=columns(KEYS),
        sums=columns(SUMS),
        month=month_of,
        keys=keys,
        values=SQL(", ").join(sums),
        source=source,
    )


#: over ``bill``: a reversal takes back what it reverses, and its bill
OF_BILLS = (
    SQL("sum(CASE WHEN bill.kind = 'reversal' THEN -1 ELSE 1 END)"),
    SQL("coalesce(sum(bill.volume), 0)"),
    SQL("sum(bill.amount)"),
    SQL("0"),
    SQL("0"),
)
#: over ``moved`` (an allocation) and ``bill``
OF_ALLOCATIONS = (
    SQL("0"),
    SQL("0"),
    SQL("0"),
    SQL("sum(moved.amount)"),
    SQL(
        "coalesce(sum(moved.amount) FILTER (WHERE (moved.allocated_at"
        " AT TIME ZONE 'UTC' AT TIME ZONE %s)::date <= bill.due_on), 0)",
        ZONE,
    ),
)

FUNCTIONS = {
    "haerun_revenue_issued": noted(
        month(SQL("bill.issued_at")),
        SQL(
            """FROM moved AS bill JOIN before ON before.id = bill.id
               WHERE bill.state = 'issued' AND before.state <> 'issued'"""
        ),
        OF_BILLS,
    ),
    "haerun_revenue_written": noted(
        month(SQL("bill.issued_at")),
        SQL(
            """FROM moved AS bill
               WHERE bill.state = 'issued' OR bill.kind = 'reversal'"""
        ),
        OF_BILLS,
    ),
    "haerun_revenue_allocated": noted(
        month(SQL("moved.allocated_at")),
        SQL("FROM moved JOIN haerun_water_bill AS bill ON bill.id = moved.bill_id"),
        OF_ALLOCATIONS,
    ),
}
TRIGGERS = {
    "haerun_water_bill_issued": (
        "haerun_water_bill",
        SQL(
            """AFTER UPDATE ON haerun_water_bill
               REFERENCING OLD TABLE AS before NEW TABLE AS moved FOR EACH STATEMENT
               EXECUTE FUNCTION haerun_revenue_issued()"""
        ),
    ),
    "haerun_water_bill_written": (
        "haerun_water_bill",
        SQL(
            """AFTER INSERT ON haerun_water_bill
               REFERENCING NEW TABLE AS moved FOR EACH STATEMENT
               EXECUTE FUNCTION haerun_revenue_written()"""
        ),
    ),
    "haerun_allocation_written": (
        "haerun_allocation",
        SQL(
            """AFTER INSERT ON haerun_allocation
               REFERENCING NEW TABLE AS moved FOR EACH STATEMENT
               EXECUTE FUNCTION haerun_revenue_allocated()"""
        ),
    ),
}
