/**
 * What a growing file has gained since the last look. A file that is gone, was cut or replaced is begun anew when it is
 * there again; nothing is locked, and nothing waits.
 */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { type PlacedEntry, TranscriptParser } from "../reading/parse.ts";

/** At most so much in one look: the rest at the next one. */
const MAX_READ_BYTES = 4 * 1024 * 1024;
const CHUNK_BYTES = 256 * 1024;

export interface Gained {
	readonly entries: readonly PlacedEntry[];
	/** What was read before belongs to another file now. */
	readonly isAnew: boolean;
	/** There is more to read at once. */
	readonly isMore: boolean;
}

const NOTHING: Gained = { entries: [], isAnew: false, isMore: false };

export class Tail {
	readonly #path: string;
	readonly #chunk = Buffer.alloc(CHUNK_BYTES);
	#parser = new TranscriptParser();
	#at = 0;
	#inode: number | undefined;

	constructor(path: string) {
		this.#path = path;
	}

	read(): Gained {
		try {
			const file = openSync(this.#path, "r");
			try {
				return this.#readFrom(file);
			} finally {
				closeSync(file);
			}
		} catch {
			return NOTHING; // Not there, or not for us: the terminal goes on alone.
		}
	}

	#readFrom(file: number): Gained {
		const stats = fstatSync(file);
		if (!stats.isFile()) return NOTHING;
		const isAnew = (this.#inode ?? stats.ino) !== stats.ino || stats.size < this.#at;
		if (isAnew) {
			this.#parser = new TranscriptParser();
			this.#at = 0;
		}
		this.#inode = stats.ino;
		const entries: PlacedEntry[] = [];
		const end = Math.min(stats.size, this.#at + MAX_READ_BYTES);
		while (this.#at < end) {
			const count = readSync(file, this.#chunk, 0, Math.min(CHUNK_BYTES, end - this.#at), this.#at);
			if (count === 0) break;
			this.#at += count;
			entries.push(...this.#parser.feed(this.#chunk.subarray(0, count)));
		}
		return { entries, isAnew, isMore: this.#at < stats.size };
	}
}
