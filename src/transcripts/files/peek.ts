/** The first lines of a file: whether it is a transcript, whose, and since when. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { blocksOf, type Entry, timeOf } from "../reading/entry.ts";
import { TranscriptParser } from "../reading/parse.ts";

/** A first prompt is found within this; what stands before it is a few lines of settings. */
const HEAD_BYTES = 64 * 1024;
/** So much is read at once: mostly all of it is told by then. */
const STEP_BYTES = 8 * 1024;

export interface Peek {
	readonly bytes: number;
	/** Milliseconds since the Unix epoch. */
	readonly modifiedAt: number;
	readonly sessionId?: string;
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
		const told = readHead(file, size);
		return told === undefined ? undefined : { bytes: size, modifiedAt: mtimeMs, ...told };
	} finally {
		closeSync(file);
	}
}

type Told = Omit<Peek, "bytes" | "modifiedAt">;

/** Reads until everything is told, or the head is at its end. */
function readHead(file: number, size: number): Told | undefined {
	const parser = new TranscriptParser();
	const head = Buffer.alloc(Math.min(HEAD_BYTES, size));
	const entries: Entry[] = [];
	let at = 0;
	for (let told: Told = {}; at < head.length && !isAllTold(told); told = factsOf(entries)) {
		const count = readSync(file, head, at, Math.min(STEP_BYTES, head.length - at), at);
		if (count === 0) break;
		entries.push(...parser.feed(head.subarray(at, at + count)).map(({ entry }) => entry));
		at += count;
	}
	if (at === size) entries.push(...parser.flush().map(({ entry }) => entry));
	const isTornFirstLine =
		entries.length === 0 && parser.badLines === 0 && looksLikeEntry(head.subarray(0, at));
	return entries.length === 0 && !isTornFirstLine ? undefined : factsOf(entries);
}

function isAllTold(told: Told): boolean {
	return [told.sessionId, told.firstAt, told.cwd, told.firstText].every((fact) => fact !== undefined);
}

function factsOf(entries: readonly Entry[]): Told {
	const first = <T>(pick: (entry: Entry) => T | undefined) =>
		entries.map(pick).find((value) => value !== undefined);
	const sessionId = first((entry) => entry.sessionId);
	const firstAt = first(timeOf);
	const cwd = first((entry) => entry.cwd);
	const firstText = first((entry) => blocksOf(entry.message?.content).find((block) => block.text)?.text);
	return {
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
