/** What the turns' stage made of a row: it lives as long as the row does. */
import type { Row } from "../core/frame.ts";
import { type Look, type LookMatch, rowReading } from "../core/look.ts";
import type { PromptKind } from "../core/turn.ts";
import type { Entry, EntryKind } from "./entry.ts";
import type { OpenEntry } from "./open-entry.ts";

/** What a row at the margin begins. */
export type Start = readonly [match: LookMatch, kind: EntryKind, promptKind: PromptKind | undefined];

/** An entry that began with the row, and the rows it was made of. */
export interface ClosedEntry {
	readonly cols: number;
	readonly open: OpenEntry;
	readonly entry: Entry;
}

class RowMemory {
	start: Start | undefined = undefined;
	entries: readonly ClosedEntry[] | undefined = undefined;
}

export function rowMemory(look: Look, row: Row): RowMemory {
	const reading = rowReading(look, row);
	if (reading.further instanceof RowMemory) return reading.further;
	const memory = new RowMemory();
	reading.further = memory;
	return memory;
}
