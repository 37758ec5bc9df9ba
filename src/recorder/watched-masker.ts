/**
 * A masker whose patterns may be changed while it works. A new set comes into force whole, or not at all: when a file does
 * not load, what was loaded before stays, and the reason is told once.
 */
import { CtraceError } from "../core/errors.ts";
import type { Masker } from "../masking/masker.ts";

export interface WatchedMasker {
	/** Always masks with the newest set that loaded. */
	readonly masker: Masker;
	/** Looks whether the files have changed; gives what went wrong with them, if anything did. */
	readonly check: () => string | undefined;
}

export interface PatternFiles {
	/** Throws `CtraceError("patterns")`. */
	readonly load: () => Masker;
	/** Changes when the files do. */
	readonly stamp: () => string;
}

/** Throws when the first set does not load. */
export function createWatchedMasker({ load, stamp }: PatternFiles): WatchedMasker {
	let seen = stamp();
	let current = load();
	return {
		masker: {
			mask: (value, memory) => current.mask(value, memory),
			maskText: (text) => current.maskText(text),
			stream: () => current.stream(),
		},
		check: () => {
			const now = stamp();
			if (now === seen) return undefined;
			seen = now;
			try {
				current = load();
				return undefined;
			} catch (error) {
				return `patterns not changed: ${reasonOf(error)}`;
			}
		},
	};
}

function reasonOf(error: unknown): string {
	const message = error instanceof CtraceError ? error.message : "they cannot be read";
	return message.split("\n", 1)[0] ?? message;
}
