"""A city of meters, made by SQL: accounts, points, installations, readings, plans."""

from datetime import date

#: readings begin in this month; each month is 30.4 days long here
FIRST = date(2025, 1, 10)


def build(env, count: int, months: int = 3, books: int = 100):
    """Insert ``count`` fitted points with ``months`` of readings, in ``books``.

    Meters are numbered ``B0000001`` and on. Everything lies in the transaction of
    ``env``. Tables are analyzed as they grow: planned for a small one, the join that
    follows would take minutes.

    :return: the books
    """
    area = env["haerun.service.area"].search([("unit_id", "!=", False)], limit=1)
    reader = env["haerun.representative"].search(
        [("rep_class", "=", "marketing"), ("state", "=", "valid")], limit=1
    )
    cycle = env.ref("haerun_meter.cycle_month")
    made = env["haerun.meter.book"].create(
        [
            {
                "code": f"B{number:05}",
                "name": "bench",
                "cycle_id": cycle.id,
                "reader_id": reader.id,
                "unit_id": area.unit_id.id,
                "read_day": number % 28 + 1,
            }
            for number in range(books)
        ]
    )
    env.flush_all()
    values = {
        "count": count,
        "area": area.id,
        "unit": area.unit_id.id,
        "rep": reader.id,
        "book": made.ids,
        "books": books,
        "first": FIRST,
        "months": months,
        "uid": env.uid,
        "tariff": env.ref("haerun_meter.tariff_residential").id,
    }
    env.cr.execute(
        """
        INSERT INTO haerun_meter (number, kind, diameter, q3, digits, multiplier, state)
        SELECT 'B' || lpad(g::text, 7, '0'), 'remote', '15', 2.5, 5, 1, 'fitted'
          FROM generate_series(1, %(count)s) g;
        INSERT INTO haerun_water_account (
            number, name, address, kind, use_class, state, area_id, unit_id, rep_id,
            tariff_id, counted_from)
        SELECT 'B' || lpad(g::text, 9, '0'), '甲', '试验路', 'household',
               'residential', 'open', %(area)s, %(unit)s, %(rep)s, %(tariff)s,
               '2020-01-01'
          FROM generate_series(1, %(count)s) g;
        ANALYZE haerun_meter, haerun_water_account;
        INSERT INTO haerun_service_point (
            account_id, name, unit_id, active, book_id, book_position, meter_id)
        SELECT a.id, '101', %(unit)s, TRUE, (%(book)s)[a.nr %% %(books)s + 1], a.nr,
               m.id
          FROM (SELECT id, substr(number, 2)::int AS nr FROM haerun_water_account
                 WHERE number LIKE 'B%%') a
          JOIN haerun_meter m ON m.number = 'B' || lpad(a.nr::text, 7, '0');
        ANALYZE haerun_service_point;
        INSERT INTO haerun_meter_installation (
            point_id, account_id, meter_id, date_from, start_reading, digits,
            multiplier, q3, diameter, kind, verified_until)
        SELECT p.id, p.account_id, p.meter_id, %(first)s, 0, 5, 1, 2.5, '15',
               'remote', '2099-12-31'
          FROM haerun_service_point p JOIN haerun_meter m ON m.id = p.meter_id
         WHERE m.number LIKE 'B%%';
        ANALYZE haerun_meter_installation;
        UPDATE haerun_service_point p SET installation_id = h.id
          FROM haerun_meter_installation h
         WHERE h.point_id = p.id AND h.date_to IS NULL AND p.installation_id IS NULL;
        UPDATE haerun_meter m SET installation_id = h.id, unit_id = %(unit)s
          FROM haerun_meter_installation h
         WHERE h.meter_id = m.id AND h.date_to IS NULL AND m.installation_id IS NULL;
        INSERT INTO haerun_meter_reading (
            uuid, installation_id, meter_id, point_id, account_id, book_id, unit_id,
            period, read_at, source, is_real, has_value, raw, value, previous_value,
            days, use, settled, volume, severity, state, submitted_by_id, submitted_at)
        SELECT 'b' || h.id || '-' || n, h.id, h.meter_id, h.point_id, h.account_id,
               p.book_id, %(unit)s,
               to_char(%(first)s::timestamp + n * interval '1 month', 'YYYYMM')::int,
               %(first)s::timestamp + n * interval '1 month', 'remote', TRUE, TRUE,
               10 * n, 10 * n, 10 * n - 10, 30.4, 10, 0, 10, 0, 'accepted', %(uid)s,
               now() AT TIME ZONE 'UTC'
          FROM haerun_meter_installation h
          JOIN haerun_service_point p ON p.id = h.point_id
          JOIN haerun_meter m ON m.id = h.meter_id AND m.number LIKE 'B%%'
         CROSS JOIN generate_series(0, %(months)s) n;
        ANALYZE haerun_meter, haerun_water_account, haerun_service_point,
                haerun_meter_installation, haerun_meter_reading, haerun_meter_book;
        """,
        values,
    )
    env.invalidate_all()
    return made
