/** The first lines of a file: whether it is a transcript, whose, and since when. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { blocksOf, timeOf } from "../reading/entry.ts";
import { TranscriptParser } from "../reading/parse.ts";

/** A first prompt is found within this; what stands before it is a few lines of settings. */
const HEAD_BYTES = 64 * 1024;

export interface Peek {
	readonly bytes: number;
	/** Milliseconds since the Unix epoch. */
	readonly modifiedAt: number;
	readonly sessionId?: string;
	readonly isAgent: boolean;
	/** Milliseconds since the Unix epoch; of the first line that has a time. */
	readonly firstAt?: number;
	readonly cwd?: string;
	/** What a subagent was asked. */
	readonly firstText?: string;
}

/** Undefined when its beginning is no transcript. Throws what the file system throws. */
export function peek(path: string): Peek | undefined {
	const file = openSync(path, "r");
	try {
		const { size, mtimeMs } = fstatSync(file);
		const head = Buffer.alloc(Math.min(HEAD_BYTES, size));
		const length = readSync(file, head, 0, head.length, 0);
		return readHead(head.subarray(0, length), size, mtimeMs);
	} finally {
		closeSync(file);
	}
}

function readHead(head: Uint8Array, bytes: number, modifiedAt: number): Peek | undefined {
	const parser = new TranscriptParser();
	const read = [...parser.feed(head), ...(head.length === bytes ? parser.flush() : [])];
	const entries = read.map(({ entry }) => entry);
	const isTornFirstLine = read.length === 0 && parser.badLines === 0 && looksLikeEntry(head);
	if (entries.length === 0 && !isTornFirstLine) return undefined;
	const first = <T>(pick: (entry: (typeof entries)[number]) => T | undefined) =>
		entries.map(pick).find((value) => value !== undefined);
	const sessionId = first((entry) => entry.sessionId);
	const firstAt = first(timeOf);
	const cwd = first((entry) => entry.cwd);
	const firstText = first((entry) => blocksOf(entry.message?.content).find((block) => block.text)?.text);
	return {
		bytes,
		modifiedAt,
		isAgent: entries.some((entry) => entry.agentId !== undefined && entry.isSidechain === true),
		...(sessionId === undefined ? {} : { sessionId }),
		...(firstAt === undefined ? {} : { firstAt }),
		...(cwd === undefined ? {} : { cwd }),
		...(firstText === undefined ? {} : { firstText }),
	};
}

/** A first line that is longer than what was read of it. */
function looksLikeEntry(head: Uint8Array): boolean {
	return /^\{\s*"/u.test(new TextDecoder().decode(head.subarray(0, 64)));
}
