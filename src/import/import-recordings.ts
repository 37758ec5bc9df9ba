/** `ctrace import`: every recording that was named, one after the other; a broken one costs itself alone. */
import { setImmediate as breathe } from "node:timers/promises";
import type { TerminalSize } from "../core/event.ts";
import { openStages, type StageOptions } from "../recorder/open-session.ts";
import type { Recorder } from "../store/store.ts";
import { describeFailure, type Failure, isOfThisFile } from "./failure.ts";
import { type FoundFile, findRecordings } from "./find-recordings.ts";
import { type FileOutcome, type ImportTools, importFile } from "./import-file.ts";

export interface ImportRequest {
	/** Files and directories. */
	readonly paths: readonly string[];
	readonly timing?: string;
	readonly size?: TerminalSize;
	readonly onProgress: (progress: ImportProgress) => void;
	/** Told after each file, as it happened. */
	readonly onOutcome: (outcome: FileOutcome | ({ readonly kind: "failed" } & Failure)) => void;
	readonly isCancelled: () => boolean;
}

export interface ImportProgress {
	readonly file: string;
	/** From 1. */
	readonly number: number;
	readonly files: number;
	readonly doneBytes: number;
	readonly totalBytes: number;
}

export interface ImportMachine extends StageOptions {
	readonly recorder: Recorder;
}

export interface ImportResult {
	readonly outcomes: readonly FileOutcome[];
	readonly failures: readonly Failure[];
	/** Files in directories that are no recordings. */
	readonly skipped: number;
	readonly isCancelled: boolean;
}

/** Ends a recording in the middle, with nothing of it stored. */
class Cancelled extends Error {}

/** Throws only what hits all files alike: the store, the disk, the patterns. */
export async function importRecordings(
	machine: ImportMachine,
	request: ImportRequest,
): Promise<ImportResult> {
	const { timing, size, paths } = request;
	const found = findRecordings(paths, { hasSize: size !== undefined, hasTiming: timing !== undefined });
	for (const failure of found.failures) request.onOutcome({ kind: "failed", ...failure });
	const stages = openStages(machine);
	try {
		const tools = {
			stages,
			recorder: machine.recorder,
			...(size === undefined ? {} : { size }),
			...(timing === undefined ? {} : { timing }),
		};
		const done = await importAll(found.files, tools, request);
		return { ...done, failures: [...found.failures, ...done.failures], skipped: found.skipped };
	} finally {
		stages.store.close();
	}
}

type Done = Pick<ImportResult, "outcomes" | "failures" | "isCancelled">;

async function importAll(
	files: readonly FoundFile[],
	tools: Omit<ImportTools, "pause">,
	request: ImportRequest,
): Promise<Done> {
	const outcomes: FileOutcome[] = [];
	const failures: Failure[] = [];
	const tell = createTeller(files, request);
	for (const [index, file] of files.entries()) {
		try {
			const outcome = await importFile(file, { ...tools, pause: tell(index) });
			outcomes.push(outcome);
			request.onOutcome(outcome);
		} catch (error) {
			if (error instanceof Cancelled) return { outcomes, failures, isCancelled: true };
			if (!isOfThisFile(error)) throw error;
			const failure = describeFailure(file.file, error);
			failures.push(failure);
			request.onOutcome({ kind: "failed", ...failure });
		}
	}
	return { outcomes, failures, isCancelled: false };
}

/** Gives each file its `pause`. What a broken file left unread counts as done when the next one begins. */
function createTeller(files: readonly FoundFile[], request: ImportRequest) {
	const totalBytes = files.reduce((sum, file) => sum + file.bytes, 0);
	const before = (index: number) => files.slice(0, index).reduce((sum, file) => sum + file.bytes, 0);
	return (index: number) => {
		let doneBytes = before(index);
		return async (newBytes: number): Promise<void> => {
			doneBytes += newBytes;
			const file = files[index]?.file ?? "";
			request.onProgress({ file, number: index + 1, files: files.length, doneBytes, totalBytes });
			await breathe();
			if (request.isCancelled()) throw new Cancelled();
		};
	};
}
