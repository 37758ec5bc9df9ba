/** The text behind a hexdump, as `xxd` and `hexdump -C` print it. */
import type { Range } from "../finding.ts";
import type { View } from "./view.ts";

const LINE = /^[ \t│┃|]{0,12}[0-9a-fA-F]{4,10}:? {1,3}((?:[0-9a-fA-F]{2} {0,2}){1,32})(?:[ |].*)?$/my;

interface DumpLine extends Range {
	readonly from: number;
	readonly to: number;
}

/** Undefined when there is no dump. A line that shows part of a secret is masked from its first byte to its end. */
export function hexdumpView(text: string): View | undefined {
	const lines: DumpLine[] = [];
	let decoded = "";
	for (let start = 0; start !== -1; start = nextLine(text, start)) {
		if (!mayBeDump(text, start)) continue;
		LINE.lastIndex = start;
		const line = LINE.exec(text);
		if (line === null) continue;
		const digits = (line[1] ?? "").replace(/ /g, "");
		const bytes = digits.match(/../g) ?? [];
		const from = decoded.length;
		decoded += bytes.map((byte) => String.fromCharCode(Number.parseInt(byte, 16))).join("");
		const shown = line.index + line[0].indexOf(line[1] ?? "");
		lines.push({ from, to: decoded.length, start: shown, end: line.index + line[0].length });
	}
	if (lines.length === 0) return undefined;
	return {
		text: decoded,
		locate: (range) => lines.filter((line) => line.from < range.end && line.to > range.start).map(rangeOf),
	};
}

/** Where the line after the one at `start` begins; -1 when there is none. */
function nextLine(text: string, start: number): number {
	const newline = text.indexOf("\n", start);
	return newline === -1 ? -1 : newline + 1;
}

const WIDEST_FRAME = 12;
const SHORTEST_OFFSET = 4;
const FRAME = new Set(Array.from(" \t│┃|", (character) => character.charCodeAt(0)));

/** Four hexadecimal digits behind the frame: few lines begin so, and only they are worth the regex. */
function mayBeDump(text: string, start: number): boolean {
	let at = start;
	while (at - start < WIDEST_FRAME && FRAME.has(text.charCodeAt(at))) at += 1;
	for (let i = 0; i < SHORTEST_OFFSET; i += 1) if (!isHex(text.charCodeAt(at + i))) return false;
	return true;
}

function isHex(code: number): boolean {
	return (code >= 48 && code <= 57) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70);
}

function rangeOf({ start, end }: DumpLine): Range {
	return { start, end };
}
