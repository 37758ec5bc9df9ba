/** `ctrace import`: every recording that was named, one after the other; a broken one costs itself alone. */
import { setImmediate as breathe } from "node:timers/promises";
import type { TerminalSize } from "../core/event.ts";
import { openStages, type StageOptions } from "../recorder/open-session.ts";
import type { Recorder } from "../store/store.ts";
import { describeFailure, type Failure, isOfThisFile } from "./failure.ts";
import { type FoundFile, findRecordings } from "./find-recordings.ts";
import { type FileOutcome, type ImportTools, importFile } from "./import-file.ts";
import {
	type FoundTranscripts,
	findTranscripts,
	type TranscriptGroup,
} from "./transcripts/find-transcripts.ts";
import {
	Cancelled,
	fileOf,
	importTranscripts,
	type TranscriptOutcome,
	type TranscriptTools,
} from "./transcripts/import-transcripts.ts";

export interface ImportRequest {
	/** Files and directories. */
	readonly paths: readonly string[];
	readonly timing?: string;
	readonly size?: TerminalSize;
	readonly onProgress: (progress: ImportProgress) => void;
	/** Told after each file, as it happened. */
	readonly onOutcome: (outcome: Outcome | ({ readonly kind: "failed" } & Failure)) => void;
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
	/** Paths below it are stored with `~`. */
	readonly home: string;
}

export type Outcome = FileOutcome | TranscriptOutcome;

export interface ImportResult {
	readonly outcomes: readonly Outcome[];
	readonly failures: readonly Failure[];
	/** Files in directories that are no recordings, and transcripts in which nobody said anything. */
	readonly skipped: number;
	readonly isCancelled: boolean;
}

/** Throws only what hits all files alike: the store, the disk, the patterns. */
export async function importRecordings(
	machine: ImportMachine,
	request: ImportRequest,
): Promise<ImportResult> {
	const { timing, size, paths } = request;
	const isRecording = size !== undefined || timing !== undefined;
	const read = isRecording ? NO_TRANSCRIPTS : findTranscripts(paths);
	const others = isRecording ? paths : read.others;
	const found = findRecordings(others, { hasSize: size !== undefined, hasTiming: timing !== undefined });
	const failures = [...read.failures, ...found.failures];
	for (const failure of failures) request.onOutcome({ kind: "failed", ...failure });
	const stages = openStages(machine);
	try {
		const tools = {
			stages,
			recorder: machine.recorder,
			...(size === undefined ? {} : { size }),
			...(timing === undefined ? {} : { timing }),
		};
		const tell = createTeller(
			[...read.groups.map((group) => ({ file: fileOf(group), bytes: group.bytes })), ...found.files],
			request,
		);
		const past = await importPast(read.groups, { ...tools, home: machine.home, tell }, request);
		const tellFile = (index: number) => tell(index + read.groups.length);
		const done = past.isCancelled
			? NOTHING
			: await importAll(found.files, { ...tools, tell: tellFile }, request);
		return {
			outcomes: [...past.outcomes, ...done.outcomes],
			failures: [...failures, ...past.failures, ...done.failures],
			skipped: found.skipped + past.empty,
			isCancelled: past.isCancelled || done.isCancelled,
		};
	} finally {
		stages.store.close();
	}
}

const NO_TRANSCRIPTS: FoundTranscripts = { groups: [], failures: [], others: [] };
const NOTHING: Done = { outcomes: [], failures: [], isCancelled: false };

type Tell = (index: number) => (newBytes: number) => Promise<void>;

/** What was stored before the person wanted out stays, and is not done again another time. */
async function importPast(
	groups: readonly TranscriptGroup[],
	tools: Pick<ImportTools, "stages" | "recorder"> & { readonly home: string; readonly tell: Tell },
	request: ImportRequest,
): Promise<Done & { readonly empty: number }> {
	const outcomes: TranscriptOutcome[] = [];
	const failures: Failure[] = [];
	const onOutcome: TranscriptTools["onOutcome"] = (outcome) => {
		if (outcome.kind === "failed") failures.push(outcome);
		else outcomes.push(outcome);
		request.onOutcome(outcome);
	};
	try {
		const { empty } = await importTranscripts(groups, { ...tools, pause: tools.tell, onOutcome });
		return { outcomes, failures, isCancelled: false, empty };
	} catch (error) {
		if (!(error instanceof Cancelled)) throw error;
		return { outcomes, failures, isCancelled: true, empty: 0 };
	}
}

type Done = Pick<ImportResult, "outcomes" | "failures" | "isCancelled">;

async function importAll(
	files: readonly FoundFile[],
	tools: Omit<ImportTools, "pause"> & { readonly tell: Tell },
	request: ImportRequest,
): Promise<Done> {
	const outcomes: FileOutcome[] = [];
	const failures: Failure[] = [];
	for (const [index, file] of files.entries()) {
		try {
			const outcome = await importFile(file, { ...tools, pause: tools.tell(index) });
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
function createTeller(files: readonly Pick<FoundFile, "file" | "bytes">[], request: ImportRequest): Tell {
	const totalBytes = files.reduce((sum, file) => sum + file.bytes, 0);
	const befores: number[] = [0];
	for (const file of files) befores.push((befores.at(-1) ?? 0) + file.bytes);
	return (index: number) => {
		let doneBytes = befores[index] ?? 0;
		return async (newBytes: number): Promise<void> => {
			doneBytes += newBytes;
			const file = files[index]?.file ?? "";
			request.onProgress({ file, number: index + 1, files: files.length, doneBytes, totalBytes });
			await breathe();
			if (request.isCancelled()) throw new Cancelled();
		};
	};
}
