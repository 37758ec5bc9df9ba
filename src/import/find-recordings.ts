/** Files and directories as they were named → the recordings in them, told by what they hold. */
import { closeSync, openSync, readSync, statSync } from "node:fs";
import { CtraceError } from "../core/errors.ts";
import { HEAD_BYTES, recogniseFormat } from "../recordings/recognise.ts";
import type { RecordingFormat } from "../recordings/recording.ts";
import { describeFailure, type Failure } from "./failure.ts";
import { walkDirectory } from "./walk-directory.ts";

export interface FoundFile {
	readonly file: string;
	readonly bytes: number;
	readonly format: RecordingFormat;
}

export interface Found {
	readonly files: readonly FoundFile[];
	/** Files inside the directories that are no recordings. */
	readonly skipped: number;
	readonly failures: readonly Failure[];
}

export interface SearchOptions {
	/** The terminal's size was given: bare terminal output counts as a recording. */
	readonly hasSize: boolean;
	/** A timing file was given: the one file named is its typescript, whatever it begins with. */
	readonly hasTiming: boolean;
}

export function findRecordings(paths: readonly string[], options: SearchOptions): Found {
	const files = new Map<string, FoundFile>();
	const failures: Failure[] = [];
	let skipped = 0;
	for (const { path, isNamed } of paths.flatMap((each) => listFiles(each, options.hasTiming, failures))) {
		try {
			const found = lookAt(path, isNamed, options);
			if (found === undefined) skipped++;
			else files.set(path, found);
		} catch (error) {
			failures.push(describeFailure(path, error));
		}
	}
	return { files: [...files.values()], skipped, failures };
}

interface Listed {
	readonly path: string;
	/** The person meant this very file: being no recording is then an error. */
	readonly isNamed: boolean;
}

function listFiles(path: string, hasTiming: boolean, failures: Failure[]): Listed[] {
	try {
		if (!statSync(path).isDirectory()) return [{ path, isNamed: true }];
		if (hasTiming)
			throw new CtraceError("input", "it is a directory, and --timing belongs to one typescript");
	} catch (error) {
		failures.push(describeFailure(path, error));
		return [];
	}
	return Array.from(walkDirectory(path, failures), (file) => ({ path: file, isNamed: false }));
}

function lookAt(path: string, isNamed: boolean, options: SearchOptions): FoundFile | undefined {
	const stats = statSync(path);
	if (!stats.isFile()) throw new CtraceError("input", "it is not a file");
	const head = readHead(path);
	const format = recogniseFormat(head, { isRawWelcome: options.hasSize });
	if (options.hasTiming) return { file: path, bytes: stats.size, format: checkTypescript(format) };
	if (format !== undefined) return { file: path, bytes: stats.size, format };
	if (!isNamed) return undefined;
	if (head.length === 0) throw new CtraceError("input", "it is empty");
	if (isCompressed(head)) {
		throw new CtraceError("input", "it is compressed", { hint: "Unpack it first, for example with gunzip." });
	}
	if (options.hasSize) return { file: path, bytes: stats.size, format: "raw" };
	throw new CtraceError(
		"input",
		"it is neither an asciicast nor a typescript, nor a transcript of Claude Code",
		{
			hint: "For a raw stream of terminal output say how large the terminal was: --size COLSxROWS",
		},
	);
}

/** First bytes of gzip, zstd, xz and bzip2. */
const COMPRESSED: readonly (readonly number[])[] = [
	[0x1f, 0x8b],
	[0x28, 0xb5, 0x2f, 0xfd],
	[0xfd, 0x37, 0x7a, 0x58, 0x5a],
	[0x42, 0x5a, 0x68],
];

function isCompressed(head: Uint8Array): boolean {
	return COMPRESSED.some((magic) => magic.every((byte, index) => head[index] === byte));
}

function checkTypescript(format: RecordingFormat | undefined): RecordingFormat {
	if (format?.startsWith("asciicast") !== true) return "typescript";
	throw new CtraceError("input", "it has times of its own", { hint: "Leave --timing out." });
}

function readHead(path: string): Uint8Array {
	const head = new Uint8Array(HEAD_BYTES);
	const file = openSync(path, "r");
	try {
		return head.subarray(0, readSync(file, head, 0, HEAD_BYTES, 0));
	} finally {
		closeSync(file);
	}
}
