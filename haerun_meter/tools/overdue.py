"""What is overdue, by account: the same question wherever it is asked.

It starts at the partial index on the due date of bills that are open, so it costs
what is due, not what was ever billed.
"""

from datetime import date

from odoo.tools import SQL


def by_account(today: date, accounts=None) -> SQL:
    """Bills with something open whose due date has passed, summed by account.

    :param today: the day at the company; a bill is overdue the day after its due date
    :param accounts: ids to look at alone, None: all
    :return: a SELECT of ``account_id``, ``amount`` and ``arrears`` (yuan; arrears,
        陈欠, are of periods before this year), ``bill_count``, ``oldest_due_on``,
        ``book_id`` and ``reader_id`` (of the oldest bill)
    """
    chosen = SQL()
    if accounts is not None:
        chosen = SQL("AND account_id = ANY(%s)", list(accounts))
    return SQL(
        """
        SELECT account_id,
               sum(residual) AS amount,
               coalesce(sum(residual) FILTER (WHERE period < %(year)s), 0) AS arrears,
               count(*)::int AS bill_count,
               min(due_on) AS oldest_due_on,
               (array_agg(book_id ORDER BY due_on, id))[1] AS book_id,
               (array_agg(reader_id ORDER BY due_on, id))[1] AS reader_id
          FROM haerun_water_bill
         WHERE residual > 0 AND due_on < %(today)s %(chosen)s
         GROUP BY account_id
        """,
        year=today.year * 100,
        today=today,
        chosen=chosen,
    )


def promise(today: date) -> SQL:
    """The state of a promise ``p`` to pay: running, broken, or NULL (kept, none).

    Kept is one by which what was due when it was given has come down by the sum that
    was promised, or altogether where no sum was named; it is broken the day after.

    :return: an expression over ``p``, a row of ``haerun_collection_record``
    """
    return SQL(
        """
        CASE WHEN p.promise_on IS NULL THEN NULL
             WHEN p.promise_on >= %(today)s THEN 'running'
             WHEN (SELECT coalesce(sum(b.residual), 0)
                     FROM haerun_water_bill AS b
                    WHERE b.account_id = p.account_id AND b.residual > 0
                      AND b.due_on < p.on_day)
                  > p.due_amount - coalesce(nullif(p.promise_amount, 0), p.due_amount)
             THEN 'broken' END
        """,
        today=today,
    )
