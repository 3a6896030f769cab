"""Amounts in Chinese capitals (人民币大写), as cheques and receipts write them."""

from decimal import Decimal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")


def _group(number: int) -> str:
    """Up to four digits, zeros between digits said once: 1001 → 壹仟零壹."""
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if not digit:
            gap = bool(text)
            continue
        text += ("零" if gap else "") + DIGITS[digit] + PLACES[place]
        gap = False
    return text


def _whole(number: int) -> str:
    text, gap = "", False
    for place in (3, 2, 1, 0):
        part = number // 10 ** (4 * place) % 10000
        if not part:
            gap = bool(text)
            continue
        if text and (gap or part < 1000):
            text += "零"
        text += _group(part) + GROUPS[place]
        gap = False
    return text


def capitals(amount) -> str:
    """An amount of yuan in capitals, by the rules of the People's Bank's notes (支付
    结算办法, annex 1): zeros in between are said once, 整 closes what has no fen.

    :param amount: yuan; a float is taken to the fen
    :raise ValueError: from ten to the sixteenth power yuan on
    """
    amount = round(Decimal(str(amount)), 2)
    fen = int(abs(amount) * 100)
    yuan, fen = divmod(fen, 100)
    if yuan >= 10**16:
        raise ValueError(amount)
    jiao, fen = divmod(fen, 10)
    text = f"{_whole(yuan)}元" if yuan else ""
    if jiao:
        text += f"{DIGITS[jiao]}角"
    elif fen and yuan:
        text += "零"
    if fen:
        text += f"{DIGITS[fen]}分"
    else:
        text = (text or "零元") + "整"
    return ("负" if amount < 0 else "") + text
