/** The log's lines back into events, and the files they lie in. */
import { closeSync, openSync, readFileSync, readSync, type Stats, statSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { LOG_LEVELS } from "../core/log-level.ts";
import type { LogEvent } from "./log-event.ts";
import { logFileName, logFileNames } from "./log-names.ts";

const READ_BYTES = 64 * 1024;

const lineSchema = z
	.object({
		time: z.iso.datetime(),
		level: z.enum(LOG_LEVELS),
		component: z.string(),
		event: z.string(),
	})
	.catchall(z.union([z.string(), z.number(), z.boolean()]));

/** Undefined: it is no line of ours, or a torn one. */
export function parseLogLine(line: string): LogEvent | undefined {
	const parsed = lineSchema.safeParse(parseJson(line));
	if (!parsed.success) return undefined;
	const { time, level, component, event, ...fields } = parsed.data;
	return { time: Date.parse(time), level, component, event, fields };
}

function parseJson(line: string): unknown {
	try {
		return JSON.parse(line);
	} catch {
		return undefined;
	}
}

/** All lines, oldest first. A file that is not there has none. */
export function readLogLines(folder: string): string[] {
	return logFileNames().flatMap((name) => wholeLines(readIfThere(join(folder, name))));
}

function readIfThere(path: string): string {
	try {
		return readFileSync(path, "utf8");
	} catch (error) {
		if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
		throw error;
	}
}

function wholeLines(text: string): string[] {
	return text.split("\n").filter((line) => line !== "");
}

/** Follows the log from its end on, over its rotation: gives each whole line once. */
export class LogTail {
	readonly #folder: string;
	#inode: number | undefined;
	#offset = 0;
	#rest = "";

	constructor(folder: string) {
		this.#folder = folder;
		const newest = this.#stat(0);
		this.#inode = newest?.ino;
		this.#offset = newest?.size ?? 0;
	}

	/** Lines that were completed since the last call. */
	readOn(): string[] {
		const newest = this.#stat(0);
		if (newest === undefined) return [];
		const isAnother = newest.ino !== this.#inode;
		// What was written between our last look and the rotation lies in the second file now.
		const before = isAnother && this.#stat(1)?.ino === this.#inode ? this.#readOn(1) : "";
		if (isAnother || newest.size < this.#offset) this.#offset = 0;
		this.#inode = newest.ino;
		const text = this.#rest + before + this.#readOn(0);
		const end = text.lastIndexOf("\n") + 1;
		this.#rest = text.slice(end);
		return wholeLines(text.slice(0, end));
	}

	#stat(age: number): Stats | undefined {
		return statSync(join(this.#folder, logFileName(age)), { throwIfNoEntry: false });
	}

	#readOn(age: number): string {
		const fd = openSync(join(this.#folder, logFileName(age)), "r");
		try {
			const parts: Buffer[] = [];
			for (;;) {
				const part = Buffer.alloc(READ_BYTES);
				const length = readSync(fd, part, 0, READ_BYTES, this.#offset);
				if (length === 0) return Buffer.concat(parts).toString("utf8");
				parts.push(part.subarray(0, length));
				this.#offset += length;
			}
		} finally {
			closeSync(fd);
		}
	}
}
