const LONG_SIDE = 1600;

/**
 * A photo as the phone took it, small enough for a mobile network.
 *
 * @param {Blob} file
 * @param {number} longSide at most so many pixels
 * @returns {Promise<string>} base64 of a JPEG file
 */
export async function shrink(file, longSide = LONG_SIDE) {
    const bitmap = await createImageBitmap(file);
    const scale = Math.min(1, longSide / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(bitmap.width * scale);
    canvas.height = Math.round(bitmap.height * scale);
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL("image/jpeg", 0.85).split(",")[1];
}
