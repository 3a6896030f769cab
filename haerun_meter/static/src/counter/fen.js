/** Amounts are whole fen here: text from and to the server, never a float. */

/** Return the fen of a text in yuan, or null when it is none. */
export function toFen(text) {
    const found = /^(-?)(\d{1,9})?(?:\.(\d{0,2}))?$/.exec(
        String(text ?? "")
            .replaceAll(",", "")
            .replaceAll("。", ".")
            .trim()
    );
    if (!found || !(found[2] || found[3])) {
        return null;
    }
    const fen = Number(found[2] || 0) * 100 + Number((found[3] || "").padEnd(2, "0"));
    return found[1] ? -fen : fen;
}

/** Return the text in yuan that the server takes and a field shows. */
export function toYuan(fen) {
    const sign = fen < 0 ? "-" : "";
    const size = Math.abs(fen);
    return `${sign}${Math.floor(size / 100)}.${String(size % 100).padStart(2, "0")}`;
}

/** Return what a person reads: thousands are set apart. */
export function words(fen) {
    return toYuan(fen).replace(/\B(?=(\d{3})+(?=\.))/g, ",");
}

/** What is the least a drawer can take, as there are no coins of a fen. */
export function toCoins(fen) {
    return Math.ceil(fen / 10) * 10;
}
