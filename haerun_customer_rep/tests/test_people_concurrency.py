from psycopg2.errors import SerializationFailure

from odoo import api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestPeopleConcurrency(BaseCase):
    """Two who change at once who is away."""

    def test_the_second_change_starts_again(self):
        """R121: half a chain is never computed: the later transaction is retried."""
        registry = Registry(get_db_name())
        with registry.cursor() as first, registry.cursor() as second:
            posts = [
                api.Environment(cr, api.SUPERUSER_ID, {})["haerun.representative"]
                for cr in (first, second)
            ]
            second.execute("SELECT 1")  # its picture of the world is taken
            posts[0]._haerun_serialize()
            first.commit()
            with self.assertRaises(SerializationFailure), mute_logger("odoo.sql_db"):
                posts[1]._haerun_serialize()
            second.rollback()
            posts[1]._haerun_serialize()
            second.rollback()
