/** The text behind a hexdump, as `xxd` and `hexdump -C` print it. */
import type { Range } from "../finding.ts";
import type { View } from "./view.ts";

const LINE = /^[ \t│┃|]{0,12}[0-9a-fA-F]{4,10}:? {1,3}((?:[0-9a-fA-F]{2} {0,2}){1,32})(?:[ |].*)?$/gm;

interface DumpLine extends Range {
	readonly from: number;
	readonly to: number;
}

/** Undefined when there is no dump. A line that shows part of a secret is masked from its first byte to its end. */
export function hexdumpView(text: string): View | undefined {
	const lines: DumpLine[] = [];
	let decoded = "";
	LINE.lastIndex = 0;
	for (let line = LINE.exec(text); line !== null; line = LINE.exec(text)) {
		const digits = (line[1] ?? "").replace(/ /g, "");
		const bytes = digits.match(/../g) ?? [];
		const from = decoded.length;
		decoded += bytes.map((byte) => String.fromCharCode(Number.parseInt(byte, 16))).join("");
		const start = line.index + line[0].indexOf(line[1] ?? "");
		lines.push({ from, to: decoded.length, start, end: line.index + line[0].length });
	}
	if (lines.length === 0) return undefined;
	return {
		text: decoded,
		locate: (range) => lines.filter((line) => line.from < range.end && line.to > range.start).map(rangeOf),
	};
}

function rangeOf({ start, end }: DumpLine): Range {
	return { start, end };
}
