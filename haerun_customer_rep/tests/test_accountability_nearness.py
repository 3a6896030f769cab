from .accountability_common import AccountabilityCommon

CASE = "haerun.accountability.case"


class TestAccountabilityNearness(AccountabilityCommon):
    """Who becomes near later loses the case, who leaves is near no more (R119)."""

    def test_becoming_deputy(self):
        """R119, R121: an investigator who becomes deputy of X loses all at once."""
        case = self._taken()
        case.activity_schedule("mail.mail_activity_data_todo", user_id=self.user_inv.id)
        self.env["haerun.push"]._send_pending()
        partner = self.user_inv.partner_id
        notices = self.env["mail.notification"].sudo()
        sent = self.env["haerun.push"].search(
            [("res_model", "=", CASE), ("user_id", "=", self.user_inv.id)]
        )
        post = self._representative(self.user_inv, self.branch, "service")
        self.rep_x.deputy_id = post
        self.assertIn(self.user_inv, case.sudo().hidden_user_ids)
        self.assertFalse(case.has_access("read"))
        self.assertFalse(case.sudo().owner_user_id)
        self.assertFalse(
            case.sudo().activity_ids.filtered(lambda a: a.user_id == self.user_inv)
        )
        left = notices.search(
            [
                ("res_partner_id", "=", partner.id),
                ("mail_message_id", "in", sent.message_id.ids),
            ]
        )
        self.assertFalse(left)
        told = self.env["haerun.push"].search(
            [("res_model", "=", CASE), ("user_id", "=", self.user_inv2.id)]
        )
        self.assertTrue(told, "the others are told that it needs an investigator")
        self.rep_x.deputy_id = self.rep_y
        self.assertTrue(case.has_access("read"))

    def test_chain_of_deputies(self):
        """R119, R121: the whole chain that stands in now, as long as it does."""
        case = self._open()
        self._away(self.rep_x, self.rep_y)
        self._away(
            self.rep_y, self._representative(self.user_z, self.branch, "service")
        )
        self.assertEqual(case.hidden_user_ids, self.user_x | self.user_y | self.user_z)
        self.env["haerun.substitution"].search(
            [("principal_id", "=", self.rep_y.id)]
        ).action_end_now()
        self.assertEqual(case.hidden_user_ids, self.user_x | self.user_y)

    def test_becoming_subordinate(self):
        """R119: whoever comes under a person concerned loses the case."""
        case = self._taken(users=self.user_chief)
        self.assertEqual(
            case.sudo().hidden_user_ids,
            self.user_chief | self.user_x | self.user_y | self.user_z,
        )
        employee = self.user_inv.employee_id
        employee.department_id = self.branch
        self.assertFalse(case.has_access("read"))
        employee.department_id = self.unit
        self.assertTrue(case.has_access("read"))
        employee.parent_id = self.user_chief.employee_id
        self.assertFalse(case.has_access("read"), "a manager counts like a unit's head")
        employee.parent_id = self.user_head.employee_id
        self.branch.manager_id = False
        self.assertEqual(case.sudo().hidden_user_ids, self.user_chief)

    def test_stand_in_of_the_investigator(self):
        """R119, R121: his stand-in is of the body and not near."""
        case = self._taken()
        inv = self._representative(self.user_inv, self.unit, "service")
        inv2 = self._representative(self.user_inv2, self.unit, "service")
        inv.deputy_id = inv2
        away = self._away(inv, inv2)
        self.assertEqual(case.sudo().acting_user_id, self.user_inv2)
        self.rep_x.deputy_id = inv2
        self.assertEqual(case.sudo().acting_user_id, self.user_inv)
        self.rep_x.deputy_id = self.rep_y
        self.assertEqual(case.sudo().acting_user_id, self.user_inv2)
        away.action_end_now()
        self.assertEqual(case.sudo().acting_user_id, self.user_inv)

    def test_approver_who_becomes_near(self):
        """R117, R119: the decision passes to another; nobody concerned decides."""
        case = self._found(self._taken())
        opinion = case._propose("x").sudo()
        self.assertEqual(opinion.approver_ids, self.user_head)
        post = self._representative(self.user_head, self.unit, "service")
        self.rep_x.deputy_id = post
        self.assertEqual(opinion.approver_ids, self.user_boss)
        self.assertFalse(case.with_user(self.user_head).has_access("read"))

    def test_unit_head_who_is_away(self):
        """R118, R121: the next head above reports while the unit's head is away."""
        case = self._taken()
        report = self.env["haerun.accountability.report"]._ask_of(
            case, self.branch, "情况", "请报告"
        )
        chief = self._representative(self.user_chief, self.branch, "service")
        away = self._away(chief, self.rep_y)
        self.assertEqual(report.sudo().acting_user_id, self.user_boss)
        away.action_end_now()
        self.assertEqual(report.sudo().acting_user_id, self.user_chief)

    def test_unit_head_who_becomes_concerned(self):
        """R118, R119: the report is asked of the next head; the first loses it."""
        case = self._taken()
        report = self.env["haerun.accountability.report"]._ask_of(
            case, self.branch, "情况", "请报告"
        )
        self.assertEqual(report.sudo().acting_user_id, self.user_chief)
        case.severity = "grave"
        self.assertEqual(report.sudo().acting_user_id, self.user_boss)
        self.assertFalse(report.with_user(self.user_chief).has_access("read"))
