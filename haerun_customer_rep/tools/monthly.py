"""What a month's figures say in words: pure functions, Chinese as on paper."""

#: figures that differ by less are the same
SAME = 0.05
ARROWS = {"better": "↑", "worse": "↓", "same": "→", None: ""}
NO_DATA = "无数据"


def met(value, target, direction):
    """Whether a target is met; None without data or target."""
    if value is None or target is None:
        return None
    return value >= target if direction == "higher" else value <= target


def moved(value, before, direction):
    """``better``, ``worse`` or ``same`` than before; None where one has no data."""
    if value is None or before is None:
        return None
    if abs(value - before) < SAME:
        return "same"
    return "better" if (value > before) == (direction == "higher") else "worse"


def number(value, measure) -> str:
    """A figure as it is printed: 98.5%, 3, 1200.00元.

    :param measure: ``rate``, ``count`` or ``amount``
    """
    if value is None:
        return NO_DATA
    if measure == "rate":
        return f"{value:.2f}".rstrip("0").rstrip(".") + "%"
    if measure == "count":
        return f"{value:.0f}"
    return f"{value:.2f}元"


def aim(target, direction, measure) -> str:
    """A target as it is printed: ≥98%, or a dash where there is none."""
    if target is None:
        return "–"
    return ("≥" if direction == "higher" else "≤") + number(target, measure)


def arrow(way, direction) -> str:
    """Which way a figure went, not whether that is good: that is told by its colour."""
    if way in (None, "same"):
        return ARROWS[way]
    up = (way == "better") == (direction == "higher")
    return "↑" if up else "↓"


def sentences(content) -> list[str]:
    """The summary of a report in some sentences.

    :param content: ``indicators``, ``classes``, ``ranking``, ``listed``, ``final``,
        ``without`` and ``period`` as of ``haerun.monthly.figures``
    """
    rows = content["indicators"]
    judged = [row for row in rows if row["met"] is not None]
    missed = [row for row in judged if not row["met"]]
    said = [
        f"{content['period']}共统计指标{len(rows)}项，"
        f"其中达标{len(judged) - len(missed)}项，未达标{len(missed)}项，"
        f"无数据{len(content['without'])}项。"
    ]
    if missed:
        worst = "、".join(
            f"{row['name']}{number(row['value'], row['measure'])}"
            f"（目标{aim(row['target'], row['direction'], row['measure'])}）"
            for row in missed[:4]
        )
        more = "等" if len(missed) > 4 else ""
        said.append(f"未达标的有：{worst}{more}。")
    said += _movements(rows)
    said += _units(content["classes"])
    said += _places(content)
    return said


def _movements(rows):
    """What got better and worse against the month before, the most first."""
    rates = [
        row
        for row in rows
        if row["measure"] == "rate" and row["moved"] in ("better", "worse")
    ]
    rates.sort(key=lambda row: -abs(row["value"] - row["before"]))
    said = []
    for way, words in (("better", "较上月改善"), ("worse", "较上月变差")):
        some = [row for row in rates if row["moved"] == way][:2]
        if some:
            parts = "、".join(
                f"{row['name']}（{number(row['before'], 'rate')}→"
                f"{number(row['value'], 'rate')}）"
                for row in some
            )
            said.append(f"{words}最多的是{parts}。")
    return said


def _units(classes):
    """In how many units of each class something is below its target."""
    said = []
    for one in classes:
        below = [
            row["unit"]
            for row in one["rows"]
            if any(is_met is False for _value, is_met in row["cells"])
        ]
        if below:
            names = "、".join(below[:3]) + ("等" if len(below) > 3 else "")
            said.append(
                f"{one['label']}类：{len(one['rows'])}个单位中{len(below)}个有未达标指标"
                f"（{names}）。"
            )
    return said


def _places(content):
    if not content["final"]:
        return ["本月考核尚未发布，排名和红黄牌以发布后的月报为准。"]
    red = sum(row["list"] == "red" for row in content["listed"])
    yellow = len(content["listed"]) - red
    return [f"本月考核已发布：红牌{red}个，黄牌{yellow}个（名单附后）。"]
