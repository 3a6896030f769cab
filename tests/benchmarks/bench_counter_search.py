"""Finding a customer at the counter among more than a million accounts.

    python tests/benchmarks/bench_counter_search.py -c odoo.conf -d DB

It works in a copy of the database, which it drops; 1,200,000 accounts with a meter
and an open bill each take some minutes to make. In turns, for each kind of key: a
plain look-up by primary key as the floor, against what the page asks for, with rights
and what each hit owes (goal: at least a two-hundredth as fast, so that a look-up of
0.1 ms leaves 20 ms).
"""

import random
import time

from city import build
from common import odoo_env, parse_args, race, scratch_copy

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧"
GIVEN = "建国秀英伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂志华玉兰晓东海燕文博雨桐浩然"
STREETS = (
    "香港中 云霄 江西 台东三 宁夏 合肥 书院 金水 苗岭 延安三 辽阳西 重庆南 黑龙江南"
).split()


def options(parser):
    parser.add_argument("--accounts", type=int, default=1_200_000)


def main():
    given = parse_args(__doc__, options)
    with scratch_copy(given, "counter") as copy, odoo_env(given, copy) as env:
        began = time.perf_counter()
        people(env, given.accounts)
        env.cr.commit()
        made = time.perf_counter() - began
        print(f"{given.accounts:,} accounts in {made:.0f} s")
        searches(env, given)


def people(env, count):
    """Name the city's accounts as people are named, and bill each once."""
    build(env, count, months=0)
    posting = env["haerun.posting"].sudo()
    posting = posting.create({"name": "bench", "kind": "run", "date": "2026-03-01"})
    env.flush_all()
    env.cr.execute(
        """
        UPDATE haerun_water_account AS a
           SET name = substr(%(surnames)s, 1 + (random() * 29)::int, 1)
                   || substr(%(given)s, 1 + (random() * 39)::int, 1)
                   || substr(%(given)s, 1 + (random() * 39)::int, 1),
               address = '青岛市' || (%(streets)s)[1 + (random() * 12)::int] || '路'
                   || (random() * 400)::int || '号' || (random() * 9 + 1)::int
                   || '单元' || (random() * 20 + 1)::int || '0'
                   || (random() * 3 + 1)::int || '室',
               phone_plain = '13' || lpad((random() * 999999999)::bigint::text, 9, '0')
         WHERE a.number LIKE 'B%%';
        INSERT INTO haerun_water_bill (
            number, account_id, unit_id, period, posting_id, kind, state, amount,
            residual, due_on, issued_at, volume)
        SELECT 'B' || a.id, a.id, a.unit_id, 202603, %(posting)s, 'water', 'issued',
               35.2, 35.2, '2026-03-25', '2026-03-01', 10
          FROM haerun_water_account AS a WHERE a.number LIKE 'B%%';
        """,
        {
            "surnames": SURNAMES,
            "given": GIVEN,
            "streets": STREETS,
            "posting": posting.id,
        },
    )
    env.cr.execute("ANALYZE haerun_water_account, haerun_water_bill")
    env.invalidate_all()


def searches(env, given):
    cashier = env.ref("haerun_meter.user_qinlan")
    desk = env["haerun.counter"].with_user(cashier)
    env.cr.execute(
        "SELECT a.id, a.number, a.name, a.address, a.phone_plain, m.number"
        " FROM haerun_water_account AS a"
        " JOIN haerun_meter_installation AS h ON h.account_id = a.id"
        " JOIN haerun_meter AS m ON m.id = h.meter_id"
        " WHERE a.number LIKE 'B%' AND mod(a.id, 997) = 0 LIMIT 200"
    )
    found = env.cr.fetchall()
    chance = random.Random(1)

    def floor():
        for _time in range(100):
            env.cr.execute(
                "SELECT id FROM haerun_water_account WHERE id = %s",
                [chance.choice(found)[0]],
            )
            env.cr.fetchone()
        return 100

    def subject(key):
        def work():
            for _time in range(10):
                env.invalidate_all()
                desk.find(key(chance.choice(found)))
            return 10

        return work

    for title, key in (
        ("account number", lambda row: row[1]),
        ("part of the account number", lambda row: row[1][-6:]),
        ("meter number", lambda row: row[5]),
        ("name", lambda row: row[2]),
        ("two letters of the name", lambda row: row[2][:2]),
        ("part of the address", lambda row: row[3][3:]),
        ("name and address", lambda row: f"{row[2]} {row[3][3:9]}"),
        ("phone", lambda row: row[4]),
        ("last four digits of the phone", lambda row: row[4][-4:]),
        ("nothing like it", lambda row: f"查无{row[1]}"),
    ):
        race(
            title,
            ("primary key", floor),
            (title, subject(key)),
            given.rounds,
            goal=0.005,
            unit="searches/s",
        )


if __name__ == "__main__":
    main()
