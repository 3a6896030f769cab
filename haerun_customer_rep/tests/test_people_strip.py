from .people_common import PeopleCase


class TestPeopleStrip(PeopleCase):
    """Two weeks at a glance."""

    def _cells(self, strip, post):
        return next(row["cells"] for row in strip["rows"] if row["id"] == post.id)

    def test_who_stands_in_day_by_day(self):
        """R121: away days name the deputy; days off and make-up days are marked."""
        self._leave(self.a, "2026-09-30", "2026-10-09")
        strip = self.Representative.with_user(self.b.user_id).get_stand_in_strip(
            start="2026-09-28"
        )
        kinds = {day["date"]: day["kind"] for day in strip["days"]}
        self.assertEqual(len(kinds), 14)
        self.assertEqual(kinds["2026-09-30"], "workday")
        self.assertEqual(kinds["2026-10-01"], "holiday")
        self.assertEqual(kinds["2026-10-10"], "makeup")
        cells = self._cells(strip, self.a)
        self.assertEqual(
            [c["kind"] for c in cells],
            ["present"] * 2 + ["away"] * 10 + ["present"] * 2,
        )
        self.assertEqual({c["name"] for c in cells[2:12]}, {"B"})
        self.assertEqual(
            {row["id"] for row in strip["rows"]}, set((self.a | self.b | self.c).ids)
        )

    def test_chain_head_and_pending_are_told_apart(self):
        """R121: the end of a chain, the head's cover, a request not approved yet."""
        self.c.deputy_id = False
        self._leave(self.c, "2026-03-04", "2026-03-04", approve=False)
        self._leave(self.b, "2026-03-05", "2026-03-05")
        self._leave(
            self.a,
            "2026-03-05",
            "2026-03-05",
            user=self.head_user,
            haerun_third_id=self.c.id,
        )
        strip = self.Representative.with_user(self.head_user).get_stand_in_strip()
        self.assertEqual(strip["start"], "2026-03-02", "Monday of this week")
        head = self._cells(strip, self.c)[2]
        self.assertTrue(head["head"] and head["pending"])
        self.assertEqual(head["name"], "HEAD")
        chain = self._cells(strip, self.b)[3]
        self.assertEqual((chain["name"], chain["chain"]), ("C", True))

    def test_of_one_post(self):
        """R121: in the form: the post, its deputy, those it is the deputy of."""
        strip = self.Representative.get_stand_in_strip(representative_id=self.a.id)
        self.assertEqual(
            {row["id"] for row in strip["rows"]}, set((self.a | self.b | self.c).ids)
        )

    def test_units_to_choose_from(self):
        """R121: a representative sees the own unit, CSD and supervision all."""
        section = self._user("section", "supervision")
        Representative = self.Representative
        own = Representative.with_user(self.a.user_id).get_stand_in_strip()
        self.assertEqual([unit["id"] for unit in own["units"]], self.unit.ids)
        wide = Representative.with_user(section).get_stand_in_strip(
            unit_id=self.branch.id
        )
        self.assertEqual([row["id"] for row in wide["rows"]], self.other.ids)
        foreign = Representative.with_user(self.a.user_id).get_stand_in_strip(
            unit_id=self.branch.id
        )
        self.assertNotIn(self.other.id, [row["id"] for row in foreign["rows"]])
