/** Output that is larger than a text can be: V8's longest has half a gigabyte. */
import { tagsIn } from "./text.ts";

/** Up to this all of it is looked at as text. */
const MOST_BYTES = 256 * 1024 * 1024;
/** Of a stretch that was shown the same both times, so much stays on both sides. */
const KEPT_BYTES = 1024 * 1024;
const PIECE_BYTES = 64 * 1024 * 1024;
const NEWLINE = 10;

export interface Stretch {
	readonly from: number;
	readonly to: number;
}

/** Whole lines that both show at the same place, byte for byte, and that need not be looked at again; none of small outputs. */
export function sameStretch(a: Buffer, b: Buffer, most = MOST_BYTES, kept = KEPT_BYTES): Stretch {
	const none = { from: 0, to: 0 };
	if (Math.max(a.length, b.length) <= most) return none;
	const from = a.indexOf(NEWLINE, kept) + 1;
	const to = a.lastIndexOf(NEWLINE, Math.max(0, commonLength(a, b) - kept)) + 1;
	return from > 0 && to > from ? { from, to } : none;
}

/** What is to be looked at, without the stretch. Where more differs than a text can hold, its beginning shows that. */
export function textWithout(bytes: Buffer, { from, to }: Stretch, most = MOST_BYTES): string {
	return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]).toString("latin1", 0, most);
}

export function countTags(bytes: Buffer, { from, to }: Stretch): number {
	let count = 0;
	for (let at = from; at < to; ) {
		const end = Math.min(to, bytes.indexOf(NEWLINE, Math.min(to, at + PIECE_BYTES) - 1) + 1 || to);
		count += tagsIn(bytes.toString("latin1", at, end)).length;
		at = end;
	}
	return count;
}

function commonLength(a: Buffer, b: Buffer): number {
	const shorter = Math.min(a.length, b.length);
	let same = 0;
	for (let size = KEPT_BYTES; size > 0; size = size > 1 ? Math.floor(size / 2) : 0)
		while (same + size <= shorter && a.compare(b, same, same + size, same, same + size) === 0) same += size;
	return same;
}
