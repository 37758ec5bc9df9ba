/** Rows of the conversation → entries. One pass, top to bottom; every row belongs to the entry above it until one begins. */
import type { Row } from "../core/frame.ts";
import type { Look } from "../core/look.ts";
import { closeEntry, type ShownAs } from "./close-entry.ts";
import type { Entry, EntryKind } from "./entry.ts";
import { isSameStart, type OpenEntry } from "./open-entry.ts";
import { isBlank } from "./rows.ts";
import { continueEntry, startOf } from "./start-entry.ts";

export function readEntries(look: Look, rows: readonly Row[], shown: ShownAs): readonly Entry[] {
	const { cols } = shown;
	const before = readings.get(look);
	const reading = new Reading(look, rows, before?.cols === cols ? before : undefined);
	const closed = reading.opened.map((open, index) => reading.closed[index] ?? closeEntry(look, open, shown));
	readings.set(look, { rows, cols, opened: reading.opened, starts: reading.starts, closed });
	return closed;
}

/** How a conversation was read last: the next one is mostly the same rows, further up or with more of them. */
interface Read {
	readonly rows: readonly Row[];
	readonly cols: number;
	readonly opened: readonly OpenEntry[];
	/** The row that each begins with. */
	readonly starts: readonly number[];
	readonly closed: readonly Entry[];
}

/** Rows that are the same as before. */
interface Span {
	readonly from: number;
	/** One past the last of them. */
	readonly end: number;
}

const readings = new WeakMap<Look, Read>();

class Reading {
	readonly opened: OpenEntry[] = [];
	readonly starts: number[] = [];
	/** Of those that were read before, what became of them. */
	readonly closed: (Entry | undefined)[] = [];
	readonly #look: Look;
	readonly #rows: readonly Row[];
	readonly #before: Read | undefined;
	/** How much further up the rows stand now. */
	readonly #shift: number;

	constructor(look: Look, rows: readonly Row[], before: Read | undefined) {
		this.#look = look;
		this.#rows = rows;
		this.#before = before;
		this.#shift = before === undefined ? 0 : shiftBetween(rows, before.rows);
		for (let index = 0; index < rows.length; ) index = this.#read(index);
	}

	/** The row after the last one that was read. */
	#read(index: number): number {
		const [look, rows] = [this.#look, this.#rows];
		const row = rows[index];
		if (row === undefined) return index + 1;
		const current = this.opened.at(-1);
		const started = startOf({
			look,
			row,
			above: rowAt(rows, index - 1),
			below: rowAt(rows, index + 1),
			current,
		});
		const count = this.opened.length;
		if (started === undefined) continueEntry(look, this.opened, row);
		else this.opened.push(started);
		if (this.opened.length > count) {
			this.starts.push(index);
			this.closed.push(undefined);
		}
		return started === undefined ? index + 1 : this.#copy(started, index);
	}

	/**
	 * An entry that began with this row before, and all after it, as long as the rows are the same: whole ones alone, for
	 * the last of them may go on otherwise.
	 */
	#copy(started: OpenEntry, index: number): number {
		if (this.#before === undefined) return index + 1;
		const { opened, starts, rows } = this.#before;
		const first = starts.indexOf(index + this.#shift);
		const known = first < 0 ? undefined : opened[first];
		if (known === undefined || !isSameStart(known, started)) return index + 1;
		let end = index;
		while (end < this.#rows.length && this.#rows[end] === rows[end + this.#shift]) end++;
		let last = first;
		// Where the next one begins was decided with a look at the row below.
		while ((starts[last + 1] ?? Number.POSITIVE_INFINITY) - this.#shift + 1 < end) last++;
		const next = starts[last];
		const open = opened[last];
		if (next === undefined || open === undefined) return index + 1;
		const place = { from: next - this.#shift, end };
		if (last === first) return this.#copyPart(open, place) ?? index + 1;
		this.#copyWhole(this.#before, first, last);
		return this.#copyNextPart(open, place) ?? place.from;
	}

	/** Entries of the one before in place of the one that has just begun, from `first` up to and without `last`. */
	#copyWhole({ opened, starts, closed }: Read, first: number, last: number): void {
		this.opened.pop();
		this.starts.pop();
		this.closed.pop();
		for (let at = first; at < last; at++) {
			const open = opened[at];
			if (open === undefined) continue;
			this.opened.push(open);
			this.starts.push((starts[at] ?? 0) - this.#shift);
			this.closed.push(closed[at]);
		}
	}

	#copyNextPart(open: OpenEntry, place: Span): number | undefined {
		this.opened.push(open);
		const next = this.#copyPart(open, place);
		if (next === undefined) this.opened.pop();
		else {
			this.starts.push(place.from);
			this.closed.push(undefined);
		}
		return next;
	}

	/**
	 * In place of the last entry: what is the same of the one that was there before, but for the last row, which was decided with
	 * a look at the next one. The row to go on with; nothing where that is none of it. Some rows of a prompt are none of its own.
	 */
	#copyPart(open: OpenEntry, { from, end }: Span): number | undefined {
		const count = end - 1 - from;
		if (count < 2 || open.kind === "prompt" || open.rows.length < count) return undefined;
		const rows = open.rows.slice(0, count);
		const results = open.results.filter((at) => at < count);
		this.opened[this.opened.length - 1] = { ...open, rows, results };
		return end - 1;
	}
}

/** Reading beyond an array's ends is slow. */
function rowAt(rows: readonly Row[], index: number): Row | undefined {
	return index >= 0 && index < rows.length ? rows[index] : undefined;
}

function shiftBetween(rows: readonly Row[], before: readonly Row[]): number {
	const at = rows.findIndex((row) => !isBlank(row));
	const row = at < 0 ? undefined : rows[at];
	if (row === undefined || row === before[at]) return 0;
	const found = before.indexOf(row);
	return found < 0 ? 0 : found - at;
}

/** What a row belongs to. */
export interface RowOwner {
	readonly kind: EntryKind;
	/** Id of the pattern that recognised the entry. */
	readonly pattern: string;
	/** The entry begins with this row. */
	readonly isFirst: boolean;
}

/** The owner of every row, as `readEntries` decides it: for explaining a screen, not for reading it. */
export function ownersOf(look: Look, rows: readonly Row[]): readonly (RowOwner | undefined)[] {
	const open: OpenEntry[] = [];
	return rows.map((row, index) => {
		const before = open.length;
		const place = { look, row, above: rows[index - 1], below: rows[index + 1], current: open.at(-1) };
		const started = startOf(place);
		if (started !== undefined) open.push(started);
		else continueEntry(look, open, row);
		const owner = open.at(-1);
		return owner && { kind: owner.kind, pattern: owner.pattern, isFirst: open.length > before };
	});
}
