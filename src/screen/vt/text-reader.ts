/** The text of a line, as one string made at once: adding characters one by one makes strings that are slow to search. */
import { Buffer } from "node:buffer";
import { CELL, CLUSTER, CODE_POINT, WIDTH_SHIFT } from "./cell.ts";
import type { Line } from "./line.ts";

const SPACE = 0x20;
const FIRST_WIDER = 0x100;
const FIRST_PAIR = 0x10000;
/** The widest terminal, every cell two code units. */
const LONGEST = 2 * 1000;

export class TextReader {
	/** Where one line's text is put together: one byte a character where that will do, else two. */
	readonly #narrow = Buffer.alloc(LONGEST);
	readonly #wide = new Uint16Array(LONGEST);
	readonly #wideBytes = Buffer.from(this.#wide.buffer);

	/** Up to column `last`, wide characters once; −1 gives the empty text. */
	read(line: Line, last: number): string {
		if (last < 0) return "";
		const length = readNarrow(line, last, this.#narrow);
		if (length >= 0) return this.#narrow.toString("latin1", 0, length);
		const units = readWide(line, last, this.#wide);
		return units < 0 ? readClusters(line, last) : this.#wideBytes.toString("utf16le", 0, 2 * units);
	}
}

/** Whether this is the text; not told of characters that are more than one code unit. */
export function readsAs({ cells }: Line, last: number, guess: string): boolean {
	const { length } = guess;
	let n = 0;
	for (let at = 0; at <= last * CELL; ) {
		const content = cells[at] ?? 0;
		const code = content & (CODE_POINT | CLUSTER);
		if (code >= FIRST_PAIR || n >= length || guess.charCodeAt(n) !== (code === 0 ? SPACE : code))
			return false;
		n++;
		at += CELL * (content >> WIDTH_SHIFT || 1);
	}
	return n === length;
}

/** How many; −1 as soon as a character does not fit. */
function readNarrow({ cells }: Line, last: number, into: Uint8Array): number {
	let n = 0;
	for (let at = 0; at <= last * CELL; at += CELL) {
		const content = cells[at] ?? 0;
		const code = content & (CODE_POINT | CLUSTER);
		if (code >= FIRST_WIDER || content >> WIDTH_SHIFT > 1) return -1;
		into[n++] = code === 0 ? SPACE : code;
	}
	return n;
}

/** How many code units; −1 where there is a cluster. */
function readWide({ cells }: Line, last: number, into: Uint16Array): number {
	let n = 0;
	for (let at = 0; at <= last * CELL; ) {
		const content = cells[at] ?? 0;
		const code = content & CODE_POINT;
		if ((content & CLUSTER) !== 0) return -1;
		if (code >= FIRST_PAIR) {
			into[n++] = 0xd800 + ((code - FIRST_PAIR) >> 10);
			into[n++] = 0xdc00 + ((code - FIRST_PAIR) & 0x3ff);
		} else into[n++] = code === 0 ? SPACE : code;
		at += CELL * (content >> WIDTH_SHIFT || 1);
	}
	return n;
}

function readClusters(line: Line, last: number): string {
	const parts: string[] = [];
	for (let x = 0; x <= last; x += line.width(x) || 1) parts.push(line.chars(x) || " ");
	return parts.join("");
}
