"""An office of representatives and the clocks that run for it, for benchmarks."""

LIMIT = {"amount": 24.0, "unit": "work_hour"}


def open_office(env, people: int):
    """Create ``people`` representatives with a login in ten units with a head each.

    Nobody has quiet hours, so that a benchmark tells the same at night.

    :return: haerun.representative
    """
    env.company.write({"haerun_quiet_from": 0, "haerun_quiet_to": 0})
    group = env.ref("haerun_customer_rep.group_representative")
    users = (
        env["res.users"]
        .with_context(no_reset_password=True, tracking_disable=True)
        .create(
            [
                {
                    "name": f"代表{number:03d}",
                    "login": f"bench_{number}",
                    "notification_type": "inbox",
                    "tz": "Asia/Shanghai",
                    "group_ids": group.ids,
                }
                for number in range(people + 10)
            ]
        )
    )
    quiet = env(context={**env.context, "tracking_disable": True})
    employees = quiet["hr.employee"].create(
        [{"name": user.name, "user_id": user.id} for user in users]
    )
    units = quiet["hr.department"].create(
        [
            {
                "name": f"客户服务{number}科",
                "haerun_level": "csd",
                "manager_id": employees[people + number].id,
            }
            for number in range(10)
        ]
    )
    representatives = quiet["haerun.representative"].create(
        [
            {
                "employee_id": employees[number].id,
                "rep_class": "engineering",
                "unit_id": units[number % 10].id,
                "date_from": "2020-01-01",
            }
            for number in range(people)
        ]
    )
    return representatives.with_env(env)


def matter_values(representatives, count: int) -> list[dict]:
    """Values of ``count`` notices, the supervised matters at hand."""
    posts = [
        {
            "owner_id": post.id,
            "owner_user_id": post.user_id.id,
            "acting_user_id": post.acting_user_id.id,
            "unit_id": post.unit_id.id,
        }
        for post in representatives
    ]
    return [
        {
            **posts[number % len(posts)],
            "kind": "supervise",
            "source": "hand",
            "res_name": f"香港中路{number}号",
            "body": "请按期办结并书面答复。",
        }
        for number in range(count)
    ]


def matters(env, representatives, count: int):
    """Issue ``count`` notices without clocks of their own.

    :return: haerun.supervision.notice
    """
    limits = env["haerun.time.limit"].search([])
    limits.active = False
    notices = env["haerun.supervision.notice"]._issue(
        matter_values(representatives, count)
    )
    limits.active = True
    env.flush_all()
    return notices


def make_limit(env, code: str = "bench", milestone=None):
    """Create a limit of 24 working hours with the usual ladder.

    :param milestone: from which it runs; one that no matter ever reaches if missing
    :return: haerun.time.limit
    """
    milestone = milestone or env["haerun.milestone"].create(
        {"model": "haerun.supervision.notice", "code": code, "name": code}
    )
    return env["haerun.time.limit"].create(
        {
            "name": "勘察",
            "code": code,
            "start_milestone_id": milestone.id,
            "end_milestone_id": env.ref(
                "haerun_customer_rep.milestone_notice_answered"
            ).id,
            "ladder_id": env.ref("haerun_customer_rep.ladder_standard").id,
            "date_from": "2020-01-01",
            **LIMIT,
        }
    )


def fill_clocks(env, limit, notices, total: int, left: float = 10.0) -> None:
    """Let ``total`` clocks run: one due now on each of ``notices``, the rest later.

    One statement each for clocks and ledger. A due clock has ``left`` working hours
    to go of its 24 (ten: half of it is up, four fifths are not; a negative figure:
    it has expired); the others are due within sixty days.
    """
    now = env.cr.now().replace(microsecond=0)
    worktime = env["haerun.workday"]._worktime(notices[:1]._haerun_calendar())
    if left >= 0:
        due_at = worktime.plan(now, left, "work_hour")
    else:
        due_at = worktime.back(now, -left, "work_hour")
    env.cr.execute(
        """
        INSERT INTO haerun_clock (
            limit_id, limit_code, ladder_id, res_model, res_id, res_name, owner_id,
            owner_user_id, acting_user_id, unit_id, calendar_id, amount, unit, state,
            started_at, due_at, yellow_at, next_event_at, length, used, counted_from,
            cycle, estimated)
        SELECT %(limit)s,
               -- a limit runs once for a record: the many have codes of their own
               %(code)s || CASE WHEN due THEN '' ELSE n::text END, %(ladder)s,
               matter.model, matter.id, matter.res_name,
               matter.owner_id, matter.owner_user_id, matter.acting_user_id,
               matter.unit_id, %(calendar)s, %(amount)s, %(unit)s, 'running',
               CASE WHEN due THEN %(started_at)s ELSE %(now)s END,
               figures.due_at, figures.due_at,
               CASE WHEN due THEN %(now)s - n * '1 second'::interval
                    ELSE %(now)s + (figures.due_at - %(now)s) / 2 END,
               %(length)s, 0,
               CASE WHEN due THEN %(started_at)s ELSE %(now)s END,
               0, FALSE
          FROM generate_series(1, %(total)s) AS n
          JOIN (
            SELECT row_number() OVER (ORDER BY id) AS number, *,
                   'haerun.supervision.notice' AS model
              FROM haerun_supervision_notice
             WHERE id = ANY(%(matters)s)
          ) AS matter ON matter.number = n %% %(count)s + 1
         CROSS JOIN LATERAL (SELECT n <= %(count)s AS due) AS now_due
         CROSS JOIN LATERAL (
            SELECT CASE WHEN due THEN %(due_at)s
                        ELSE %(now)s + '1 day'::interval * (1 + n %% 59)
                             + n %% 86400 * '1 second'::interval END AS due_at
          ) AS figures
        """,
        {
            "limit": limit.id,
            "code": limit.code,
            "ladder": limit.ladder_id.id,
            "calendar": notices[:1]._haerun_calendar().id,
            **LIMIT,
            "now": now,
            "started_at": worktime.back(due_at, LIMIT["amount"], LIMIT["unit"]),
            "due_at": due_at,
            "length": LIMIT["amount"] * 3600,
            "total": total,
            "count": len(notices),
            "matters": notices.ids,
        },
    )
    env.cr.execute(
        """
        INSERT INTO haerun_clock_event (
            clock_id, kind, at, user_id, amount, unit, cycle, due_at, owner_id,
            holder_id)
        SELECT id, 'start', started_at, %s, amount, unit, 0, due_at, owner_id,
               acting_user_id
          FROM haerun_clock
         WHERE limit_id = %s
        """,
        [env.uid, limit.id],
    )


def analyze(env) -> None:
    env.cr.execute("ANALYZE haerun_clock, haerun_clock_event")
    env.invalidate_all()
