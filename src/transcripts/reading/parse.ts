/** Bytes of a transcript into entries; what is no entry is counted and passed over. */
import { type Entry, readEntry } from "./entry.ts";
import { type Line, LineReader } from "./lines.ts";

export interface PlacedEntry {
	readonly entry: Entry;
	/** Offset of the line's first byte. */
	readonly start: number;
}

export class TranscriptParser {
	readonly #lines: LineReader;
	#badLines = 0;
	#entries = 0;

	/** `startAt`: offset in the file of the first byte that will be fed. */
	constructor(startAt = 0) {
		this.#lines = new LineReader(startAt);
	}

	get badLines(): number {
		return this.#badLines + this.#lines.tooLong;
	}

	get entries(): number {
		return this.#entries;
	}

	/** Offset behind the last whole line. */
	get doneBytes(): number {
		return this.#lines.doneBytes;
	}

	feed(chunk: Uint8Array): PlacedEntry[] {
		return this.#read(this.#lines.feed(chunk));
	}

	/** A last line without its newline counts when it is whole; a torn one is no bad line, it was being written. */
	flush(): PlacedEntry[] {
		const before = this.#badLines;
		const read = this.#read(this.#lines.flush());
		this.#badLines = before;
		return read;
	}

	#read(lines: readonly Line[]): PlacedEntry[] {
		const read: PlacedEntry[] = [];
		for (const { text, start } of lines) {
			if (IGNORED.test(text) || text.trim() === "") continue;
			const entry = readEntry(text);
			if (entry === undefined) this.#badLines += 1;
			else read.push({ entry, start });
		}
		this.#entries += read.length;
		return read;
	}
}

/** The program's copies of what it sent to the model: as long as the rest together, and said elsewhere. */
const IGNORED = /^\{"type":"(?:api-request|file-history-snapshot)/;
