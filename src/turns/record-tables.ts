/**
 * A table that finds no room at all is drawn row by row, each cell behind the name of its column. It becomes Markdown again, as
 * the model wrote it.
 *
 *   Bed: 1
 *   Plant: beans              | Bed | Plant |
 *   ──────────────────    →   | --- | --- |
 *   Bed: 2                    | 1 | beans |
 *   Plant: leeks              | 2 | leeks |
 */
import { rowOf } from "./tables.ts";

const RULE = /^\s*─{10,40}\s*$/u;
const CELL = /^\s*(?<name>[^:│|]{1,80}?):(?: (?<value>.*))?$/u;

interface RecordTable {
	readonly names: readonly string[];
	/** Values, by column. */
	readonly records: readonly (readonly string[])[];
	/** The line behind it. */
	readonly end: number;
}

export function restoreRecords(text: string): string {
	if (!text.includes("──────────")) return text;
	const lines = text.split("\n");
	const said: string[] = [];
	let at = 0;
	/** What stands above it is of a table already. */
	let free = 0;
	while (at < lines.length) {
		const table = tableAround(lines, at, free);
		if (table === undefined) {
			said.push(lines[at] ?? "");
			at += 1;
			continue;
		}
		said.length -= table.names.length; // of the first record
		if ((said.at(-1) ?? "").trim() !== "") said.push("");
		said.push(rowOf(table.names), rowOf(table.names.map(() => "---")), ...table.records.map(rowOf));
		at = table.end;
		free = at;
		if ((lines[at] ?? "").trim() !== "") said.push("");
	}
	return said.join("\n");
}

/** The table whose first rule that is, from the line `free` on: the same names stand above it and below. */
function tableAround(lines: readonly string[], rule: number, free: number): RecordTable | undefined {
	if (!RULE.test(lines[rule] ?? "")) return undefined;
	let below = 0;
	while (nameOf(lines[rule + 1 + below]) !== undefined) below += 1;
	for (let count = Math.min(below, rule - free); count > 0; count -= 1) {
		const names = namesAt(lines, rule + 1, count);
		if (!hasNames(lines, rule - count, names)) continue;
		const records = [valuesAt(lines, rule - count, count)];
		let end = rule;
		while (RULE.test(lines[end] ?? "") && hasNames(lines, end + 1, names)) {
			records.push(valuesAt(lines, end + 1, count));
			end += count + 1;
		}
		return { names, records, end };
	}
	return undefined;
}

function nameOf(line: string | undefined): string | undefined {
	return CELL.exec(line ?? "")?.groups?.name;
}

function namesAt(lines: readonly string[], from: number, count: number): readonly string[] {
	return lines.slice(from, from + count).map((line) => nameOf(line) ?? "");
}

function hasNames(lines: readonly string[], from: number, names: readonly string[]): boolean {
	return names.every((name, at) => nameOf(lines[from + at]) === name);
}

function valuesAt(lines: readonly string[], from: number, count: number): readonly string[] {
	return lines.slice(from, from + count).map((line) => CELL.exec(line)?.groups?.value ?? "");
}
