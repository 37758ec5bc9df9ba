/** What was found out about an entry: it lives as long as the entry does. */
import type { Item } from "../core/turn.ts";
import { type Entry, MadeEntry } from "./entry.ts";
import type { Glimpse } from "./open-turn.ts";
import type { Words } from "./words.ts";

class EntryNotes {
	/** Of its text and of each of its results. */
	words: readonly Words[] | undefined = undefined;
	/** Keys of its text's first words. */
	opening: readonly number[] | undefined = undefined;
	/** What people read of it; `runningItems` while its turn runs. */
	items: readonly Item[] | undefined = undefined;
	runningItems: readonly Item[] | undefined = undefined;
	glimpses: readonly Glimpse[] | undefined = undefined;
	isInterruption: boolean | undefined = undefined;
	/** Lines with something on them, results included. */
	lines: number | undefined = undefined;
}

export function entryNotes(entry: Entry): EntryNotes {
	const known = MadeEntry.notesOf(entry);
	if (known instanceof EntryNotes) return known;
	const notes = new EntryNotes();
	MadeEntry.keepNotes(entry, notes);
	return notes;
}
