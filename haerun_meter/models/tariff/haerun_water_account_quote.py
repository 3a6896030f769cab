from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, float_round

from ...tools import rating

#: what is told of each line of a quote
COLUMNS = (
    "tariff",
    "version",
    "year",
    "tier",
    "component",
    "lower",
    "upper",
    "quantity",
    "price",
    "amount",
    "minimal",
)


def volume_sound(volume):
    """Whether cubic metres were given as a number that a dial could show."""
    return volume is not None and volume.is_finite() and 0 <= volume < 10**8


class WaterAccount(models.Model):
    """What a volume would cost an account, by the statement that makes its bills."""

    _inherit = "haerun.water.account"

    @api.model
    @api.readonly
    def quote(self, account_no, usage, date):
        """Tell what ``usage`` would cost; nothing is written.

        :param account_no: account number
        :param usage: cubic metres, used on ``date``
        :param date: day, ``YYYY-MM-DD``: its version and its year's counter hold
        :return: ``{"account_no", "usage", "date", "used": m³ of the year before,
            "total": yuan, "lines": [{"tariff", "version", "year", "tier",
            "component", "lower", "upper": m³ of the year (0: no limit), "quantity":
            m³, "price": yuan per m³, "amount": yuan, "minimal"}], "text":
            [sentences]}``, amounts and volumes as floats
        :raise UserError: for an unknown number, no volume, no day, or no price on it
        """
        account, usage, day = self._quoted(account_no, usage, date)
        lines = account._quote_lines(usage, day)
        if not lines and usage:
            raise UserError(
                self.env._(
                    "%(account)s has no price on %(day)s: give it a tariff, or the "
                    "tariff a version for that day.",
                    account=account.display_name,
                    day=fields.Date.to_string(day),
                )
            )
        return {
            "account_no": account.number,
            "usage": float(usage),
            "date": fields.Date.to_string(day),
            "used": account._used_in(day.year),
            "total": float_round(sum(line["amount"] for line in lines), 2),
            "lines": lines,
            "text": account._explain(lines),
        }

    # --------------------------------------------------------- business
    @api.model
    def _quoted(self, account_no, usage, date):
        """Read what was asked, or say in a sentence what is odd."""
        account = self.search([("number", "=", str(account_no))], limit=1)
        if not account:
            raise UserError(
                self.env._("There is no account %s: check its number.", account_no)
            )
        try:
            volume = Decimal(str(usage))
            day = fields.Date.to_date(date)
        except (ArithmeticError, TypeError, ValueError):
            volume = day = None
        if not day or not volume_sound(volume):
            raise UserError(
                self.env._(
                    "%(account)s: give cubic metres from 0 to 99,999,999 and a day "
                    "such as 2026-11-30, not “%(usage)s” and “%(day)s”.",
                    account=account.display_name,
                    usage=usage,
                    day=date,
                )
            )
        return account, volume, day

    def _quote_lines(self, usage, day):
        """Lines of a quote as dicts of :data:`COLUMNS`."""
        self.env.flush_all()
        charge = SQL(
            "SELECT 1 AS ord, %s AS account_id, %s::date AS date_from,"
            " %s::date AS date_to, %s::numeric AS volume",
            self.id,
            day,
            day,
            usage,
        )
        lines = rating.lines(
            rating.counted(rating.pieces(charge)),
            # sudo: who may see an account may know what its water costs
            self.env["haerun.tariff"].sudo()._limits(day.year, day.year),
        )
        lang = self.env.lang or "en_US"
        self.env.cr.execute(
            SQL(
                """SELECT coalesce(tariff.name ->> %(lang)s, tariff.name ->> 'en_US'),
                          version.version, line.year, tier.position,
                          coalesce(component.name ->> %(lang)s,
                                   component.name ->> 'en_US'),
                          coalesce(line.low, 0), coalesce(line.upto, 0), line.quantity,
                          line.price, line.amount, line.minimal
                     FROM (%(lines)s) AS line
                     JOIN haerun_tariff AS tariff ON tariff.id = line.tariff_id
                     JOIN haerun_tariff_version AS version
                       ON version.id = line.version_id
                     JOIN haerun_tariff_tier AS tier ON tier.id = line.tier_id
                     JOIN haerun_tariff_component AS component
                       ON component.id = line.component_id
                    ORDER BY line.date_from, line.share, line.minimal, tier.position,
                             component.sequence, component.id""",
                lang=lang,
                lines=lines,
            )
        )
        return [dict(zip(COLUMNS, row, strict=True)) for row in self.env.cr.fetchall()]

    def _used_in(self, year):
        """m³ that count in a year already, of all the account's tariffs."""
        self.env.cr.execute(
            "SELECT coalesce(sum(used), 0) FROM haerun_tariff_counter"
            " WHERE account_id = %s AND year = %s",
            [self.id, year],
        )
        return self.env.cr.fetchone()[0]

    def _explain(self, lines):
        """Sentences that say how a quote came about, one a tier and tariff."""
        sentences = []
        by_tier = {}
        for line in lines:
            key = (line["tariff"], line["year"], line["tier"], line["minimal"])
            by_tier.setdefault(key, []).append(line)
        for (tariff, _year, tier, minimal), found in by_tier.items():
            first = found[0]
            price = sum(line["price"] for line in found)
            amount = sum(line["amount"] for line in found)
            words = {
                "quantity": f"{first['quantity']:.12g}",
                "tariff": tariff,
                "tier": tier,
                "upper": f"{first['upper']:.12g}",
                "price": f"{price:.2f}",
                "amount": f"{amount:.2f}",
            }
            if minimal:
                sentences.append(
                    self.env._(
                        "%(quantity)s m³ up to the minimum of %(tariff)s, at %(price)s "
                        "yuan: %(amount)s yuan",
                        **words,
                    )
                )
            elif first["upper"]:
                sentences.append(
                    self.env._(
                        "%(quantity)s m³ in tier %(tier)s of %(tariff)s (up to "
                        "%(upper)s m³ a year), at %(price)s yuan: %(amount)s yuan",
                        **words,
                    )
                )
            else:
                sentences.append(
                    self.env._(
                        "%(quantity)s m³ in tier %(tier)s of %(tariff)s (no limit), at "
                        "%(price)s yuan: %(amount)s yuan",
                        **words,
                    )
                )
        return sentences
