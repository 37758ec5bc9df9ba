/** One character of UTF-8. Damage is skipped, as terminals do. */

/** What a damaged one is decoded as; no code point is as large. */
export const DAMAGED = 0x1fffff;
const LENGTH_BITS = 3;

/** Byte-order marks are nothing anybody sees. */
const BYTE_ORDER_MARK = 0xfeff;

/** The code point at `at`, where a byte above ASCII stands, and its length below it: `codePoint << 3 | length`. */
export function decode(bytes: Uint8Array, at: number): number {
	const lead = bytes[at] ?? 0;
	if (lead < 0xc2 || lead > 0xf7) return pack(DAMAGED, 1);
	const second = bytes[at + 1] ?? 0;
	if (!continues(second)) return pack(DAMAGED, 1);
	if (lead < 0xe0) return pack(((lead & 0x1f) << 6) | (second & 0x3f), 2);
	const third = bytes[at + 2] ?? 0;
	if (!continues(third)) return pack(DAMAGED, 2);
	if (lead < 0xf0) return threeBytes(((lead & 0x0f) << 12) | ((second & 0x3f) << 6) | (third & 0x3f));
	const fourth = bytes[at + 3] ?? 0;
	if (!continues(fourth)) return pack(DAMAGED, 3);
	const codePoint = ((lead & 0x07) << 18) | ((second & 0x3f) << 12) | ((third & 0x3f) << 6) | (fourth & 0x3f);
	return pack(codePoint < 0x10000 || codePoint > 0x10ffff ? DAMAGED : codePoint, 4);
}

export function codePointOf(decoded: number): number {
	return decoded >> LENGTH_BITS;
}

export function lengthOf(decoded: number): number {
	return decoded & 7;
}

function threeBytes(codePoint: number): number {
	const isSurrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
	const isDamaged = codePoint < 0x800 || isSurrogate || codePoint === BYTE_ORDER_MARK;
	return pack(isDamaged ? DAMAGED : codePoint, 3);
}

function continues(byte: number): boolean {
	return (byte & 0xc0) === 0x80;
}

function pack(codePoint: number, length: number): number {
	return (codePoint << LENGTH_BITS) | length;
}
