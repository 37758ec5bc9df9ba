/**
 * The log on disk: appended line by line by one process, rotated by size, bounded in all. What cannot be written is
 * counted and never stops the work that wanted to tell it.
 */
import {
	closeSync,
	fstatSync,
	mkdirSync,
	openSync,
	readdirSync,
	readSync,
	renameSync,
	rmSync,
	writeSync,
} from "node:fs";
import { join } from "node:path";
import type { LogLevel } from "../core/log-level.ts";
import { describeFailure } from "./failure.ts";
import { formatLogEvent, isLoud, type LogEvent } from "./log-event.ts";
import { logFileName, rotatedNames } from "./log-names.ts";

const OWNER_ONLY = 0o600;
const FOLDER_OWNER_ONLY = 0o700;
/** A week of an ordinary machine's events; five of them are a few megabytes for good. */
const ROTATE_BYTES = 1_000_000;
const NEWLINE = 0x0a;

export interface LogFileOptions {
	readonly folder: string;
	readonly level: LogLevel;
	readonly rotateBytes?: number;
}

export class LogFile {
	readonly #folder: string;
	readonly #rotateBytes: number;
	#level: LogLevel;
	#fd: number | undefined;
	#size = 0;
	#lost = 0;
	#failure: string | undefined;

	constructor(options: LogFileOptions) {
		this.#folder = options.folder;
		this.#level = options.level;
		this.#rotateBytes = options.rotateBytes ?? ROTATE_BYTES;
	}

	/** Events that could not be written, since the start. */
	get lost(): number {
		return this.#lost;
	}

	/** Why the last event could not be written, if it could not. */
	get failure(): string | undefined {
		return this.#failure;
	}

	get level(): LogLevel {
		return this.#level;
	}

	setLevel(level: LogLevel): void {
		this.#level = level;
	}

	write(event: LogEvent): void {
		if (!isLoud(event.level, this.#level)) return;
		const line = Buffer.from(`${formatLogEvent(event)}\n`);
		try {
			const fd = this.#open(line.length);
			writeWhole(fd, line);
			this.#size += line.length;
			this.#failure = undefined;
		} catch (error) {
			// A full disk, or a folder that vanished: told in the status, for here it cannot be told.
			this.#lost += 1;
			this.#failure = describeFailure(error).code;
			this.close();
		}
	}

	close(): void {
		if (this.#fd !== undefined) closeSync(this.#fd);
		this.#fd = undefined;
	}

	/** A file that is still in its place and has room for so many bytes. */
	#open(bytes: number): number {
		if (this.#fd !== undefined && fstatSync(this.#fd).nlink === 0) this.close(); // somebody cleaned up
		if (this.#fd !== undefined && this.#size + bytes > this.#rotateBytes) {
			this.close();
			rotate(this.#folder);
		}
		this.#fd ??= this.#openLast(bytes);
		return this.#fd;
	}

	#openLast(bytes: number): number {
		mkdirSync(this.#folder, { recursive: true, mode: FOLDER_OWNER_ONLY });
		const opened = openForAppend(this.#folder);
		this.#size = opened.size;
		if (opened.size === 0 || opened.size + bytes <= this.#rotateBytes) return opened.fd;
		closeSync(opened.fd);
		rotate(this.#folder);
		const fresh = openForAppend(this.#folder);
		this.#size = fresh.size;
		return fresh.fd;
	}
}

/** A line torn by a sudden death is ended, so that it spoils no other. */
function openForAppend(folder: string): { readonly fd: number; readonly size: number } {
	const fd = openSync(join(folder, logFileName(0)), "a+", OWNER_ONLY);
	const { size } = fstatSync(fd);
	const last = Buffer.alloc(1);
	if (size === 0 || readSync(fd, last, 0, 1, size - 1) === 0 || last[0] === NEWLINE) return { fd, size };
	writeSync(fd, "\n");
	return { fd, size: size + 1 };
}

function writeWhole(fd: number, line: Buffer): void {
	let written = 0;
	while (written < line.length) written += writeSync(fd, line, written);
}

function rotate(folder: string): void {
	const there = new Set(readdirSync(folder));
	for (const { from, to } of rotatedNames()) {
		if (!there.has(from)) continue;
		if (to === undefined) rmSync(join(folder, from), { force: true });
		else renameSync(join(folder, from), join(folder, to));
	}
}
