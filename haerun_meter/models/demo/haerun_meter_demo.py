import csv
import random
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import file_open

from ...tools import period as periods

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧"
GIVEN = (
    "建国 秀英 伟 芳 娜 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 秀兰 霞 平 刚 桂英 "
    "志强 建华 玉兰 晓东 海燕 文博 子涵 雨桐 浩然 思远 佳琪"
).split()
FIRMS = (
    "青岛海味园餐饮有限公司 云霄便民超市 青岛蓝湾酒店管理有限公司 康乐足浴店 "
    "青岛好邻居洗衣店 崂山可乐冷饮厅 青岛鼎泰物业服务有限公司 阳光幼儿园 "
    "青岛市北区第二实验小学 台东社区卫生服务中心 青岛恒源纺织有限公司 "
    "青岛海信电器配件厂 青岛啤酒博物馆 宁夏路办公楼"
).split()
ACCESS = (
    "表在楼道管井内，钥匙找物业",
    "院内有狗，先打电话",
    "表井在花坛旁，盖板较重",
    "上班族，晚六点后在家",
)


class MeterDemo(models.AbstractModel):
    """Books, accounts and meters of four branches, through the real methods (demo).

    ``demo/reading/books.csv`` has a line a book; ``offset`` says on which day of the
    running month it is read, counted from the day on which the demo is made.
    """

    _name = "haerun.meter.demo"
    _description = "Demo of Metering"

    @api.model
    def _build(self):
        """Make the demo's accounts and thirteen months of readings once."""
        if not self.env.su or self.env["haerun.meter.book"].search_count([], limit=1):
            return
        # what the demo writes down is in Chinese: the terms come after the demo
        self.env.ref("base.module_haerun_meter")._update_translations(["zh_CN"])
        self = self.with_context(lang="zh_CN", tz="Asia/Shanghai")
        with file_open("haerun_meter/demo/reading/books.csv") as file:
            rows = list(csv.DictReader(file))
        chance = random.Random(2026)
        today = self.env.company._haerun_today()
        since = periods.day_in(periods.shift(periods.of(today), -14), 1)
        with self._at(self._moment(since, 9)):
            for row in rows:
                book = self._book(row, today)
                self._site(book, row, chance, since)
        self._tell_stories()
        self._read_months(rows, today, chance)
        self._settle_checks(today)
        self._stock(today)
        self._compare_again(today)

    def _at(self, moment):
        """Let the engine's clock stand at a naive UTC moment."""
        return self.env["haerun.hookup.demo"]._at(moment)

    def _moment(self, day, hour, minutes=0):
        """Naive UTC of an hour in Shanghai."""
        at = fields.Datetime.to_datetime(day)
        return at + timedelta(hours=hour - 8, minutes=minutes)

    def _rep(self, name):
        return self.env.ref(f"haerun_customer_rep.representative_{name}")

    def _book(self, row, today):
        day = min(max(1, today.day + int(row["offset"])), 31)
        return self.env["haerun.meter.book"].create(
            {
                "code": row["code"],
                "name": row["name"],
                "kind": row["kind"],
                "reader_id": self._rep(row["reader"]).id,
                "cycle_id": self.env.ref("haerun_meter.cycle_month").id,
                "read_day": day,
            }
        )

    def _tell_stories(self):
        """A household of six, an account that is stopped, and a new site."""
        points = self.env["haerun.service.point"].search(
            [("book_id.code", "=", "SB-103")], limit=2
        )
        large, stopped = points.account_id
        self.env["haerun.household.size"].create(
            {
                "account_id": large.id,
                "persons": 6,
                "date_from": large.opened_on,
                "date_to": large.opened_on + timedelta(days=1095),
            }
        )
        stopped._turn("suspend", stopped.opened_on, "房屋空置，用户申请报停")
        self._new_site()

    def _new_site(self):
        """A site whose customers are collected; two of them lack something."""
        area = self.env.ref("haerun_customer_rep.haerun_service_area_shibei_12")
        marketing = self._rep("jiangli").user_id
        chance = random.Random(7)
        today = fields.Date.context_today(self)
        self.env["haerun.opening.request"].with_user(marketing).create(
            {
                "name": "同德馨苑 3 号楼",
                "address": "青岛市市北区同德路66号3号楼",
                "area_id": area.id,
                "line_ids": [
                    Command.create(
                        {
                            "sequence": number + 1,
                            "name": self._person(chance),
                            "phone": "" if number == 4 else self._phone(chance),
                            "place": self._door(number),
                            "meter_no": "" if number == 7 else f"3790{number:06d}",
                            "diameter": "15",
                            "fitted_on": today - timedelta(days=3),
                        }
                    )
                    for number in range(12)
                ],
            }
        )

    def _settle_checks(self, today):
        """What was to be looked at months ago has been read since."""
        old = self.env["haerun.site.check"].search(
            [("opened_at", "<", self._moment(today, 0) - timedelta(days=40))]
        )
        for check in old:
            with self._at(check.opened_at + timedelta(days=3)):
                check._cancel("联系住户预约后已抄到实数")

    def _stock(self, today):
        """Verified meters in stock, with which meters at their end are exchanged."""
        kinds = [("mechanical", "15", 20), ("remote", "15", 8), ("mechanical", "50", 4)]
        meters = [
            (kind, diameter) for kind, diameter, count in kinds for _one in range(count)
        ]
        self.env["haerun.meter"].create(
            [
                {
                    "number": f"3799{today.year % 100:02d}{number:05d}",
                    "kind": kind,
                    "diameter": diameter,
                    "maker": "宁波水表",
                    "made_on": today - timedelta(days=50),
                    "verified_on": today - timedelta(days=40),
                }
                for number, (kind, diameter) in enumerate(meters, 1)
            ]
        )

    def _compare_again(self, today):
        """One house's remote meters are to be compared with their dials again."""
        hung = self.env["haerun.meter.installation"].search(
            [("kind", "=", "remote"), ("date_to", "=", False)],
            order="id desc",
            limit=10,
        )
        # sudo: as the verification of two years ago left it (R54)
        hung.sudo().verified_until = today + timedelta(days=12)

    # ------------------------------------------------------------ a site
    def _site(self, book, row, chance, since):
        """The accounts of a book with their meters, and one master meter a book."""
        area = self.env.ref(f"haerun_customer_rep.haerun_service_area_{row['area']}")
        shops = row["kind"] == "route"
        places = [
            (house, door)
            for house in range(1, int(row["houses"]) + 1)
            for door in range(int(row["doors"]))
        ]
        firms = chance.sample(FIRMS, len(FIRMS))
        accounts = self.env["haerun.water.account"].create(
            [
                {
                    "name": firms[door % len(firms)] if shops else self._person(chance),
                    "phone": self._phone(chance),
                    "address": self._address(row, house, door, shops),
                    "area_id": area.id,
                    "kind": "enterprise" if shops else "household",
                    "use_class": "other" if shops else "residential",
                }
                for house, door in places
            ]
        )
        # sudo writes: the demo opened them when it began
        accounts.write({"opened_on": since})
        accounts.change_ids.write({"date": since})
        points = self.env["haerun.service.point"].create(
            [
                {
                    "account_id": account.id,
                    "name": "门口表井" if shops else self._door(door),
                    "book_id": book.id,
                    "book_position": 10 * (number + 1),
                    "latitude": float(row["latitude"]) + house * 0.0006,
                    "longitude": float(row["longitude"]) + door * 0.0005,
                    "access_note": chance.choice(ACCESS)
                    if chance.random() < 0.15
                    else False,
                }
                for number, (account, (house, door)) in enumerate(
                    zip(accounts, places, strict=True)
                )
            ]
        )
        for number, point in enumerate(points):
            hung = point._fit(self._meter(row, number, chance, since), since, 0)
            if hung.kind == "remote":
                # sudo: as a verification with the dial leaves it (R54)
                hung.sudo().verified_until = since + timedelta(days=730)

    def _meter(self, row, number, chance, since):
        wide = row["kind"] == "route" and number % 3 == 0
        serial = f"37{row['code'][-3:]}{ord(row['code'][1]):02d}{number:04d}"
        age = timedelta(days=chance.choice([30, 60, 200, 400, 1200, 1700, 1760]))
        return self.env["haerun.meter"].create(
            {
                "number": serial,
                "kind": row["meters"],
                "diameter": "50" if wide else "15",
                "digits": 5,
                "maker": chance.choice(["宁波水表", "三川智慧", "青岛积成"]),
                "verified_on": since - (age / 3 if wide else age),
            }
        )

    def _person(self, chance):
        return chance.choice(SURNAMES) + chance.choice(GIVEN)

    def _phone(self, chance):
        return f"13{chance.randrange(5, 10)}{chance.randrange(10**8):08d}"

    def _address(self, row, house, door, shops):
        if shops:
            return row["address"].format(house=10 + 4 * door)
        return row["address"].format(house=20 + 2 * house) + self._door(door)

    def _door(self, door):
        return f"{door // 6 + 1}单元{door % 6 // 2 + 1}0{door % 2 + 1}室"
