/** Every session of Claude Code that was found, the oldest first; a broken one costs itself alone. */
import { growHeapBy, inlineAtMost } from "../../config/javascript-engine.ts";
import type { Stages } from "../../recorder/open-session.ts";
import type { Recorder } from "../../store/store.ts";
import { describeFailure, type Failure, isOfThisFile } from "../failure.ts";
import type { TranscriptGroup } from "./find-transcripts.ts";
import { importGroup } from "./import-group.ts";

export interface TranscriptTools {
	readonly stages: Stages;
	readonly recorder: Recorder;
	readonly home: string;
	/** The pause of the group with this index. */
	readonly pause: (index: number) => (newBytes: number) => Promise<void>;
	/** Told of what is stored for good: a disk that fills up takes back what was not. */
	readonly onOutcome: (outcome: TranscriptOutcome | ({ readonly kind: "failed" } & Failure)) => void;
}

export interface TranscriptOutcome {
	readonly kind: "imported" | "unchanged";
	readonly file: string;
	readonly format: "transcript";
	readonly sessionId: string;
	readonly turns: number;
	/** Lines that were none, and are not in the record. */
	readonly badLines: number;
}

export interface TranscriptsDone {
	readonly outcomes: readonly TranscriptOutcome[];
	readonly failures: readonly Failure[];
	/** Files in which nobody said anything. */
	readonly empty: number;
}

/** A past is long, and most of it is looked at once. */
const HEAP_GROWTH_PERCENT = 100;
/** An import calls some hundred functions often enough to be compiled: with less copied into each, that costs half as much. */
const INLINED_BYTES = 120;

/** Throws only what hits all of them alike, or what `pause` throws. */
export async function importTranscripts(
	groups: readonly TranscriptGroup[],
	tools: TranscriptTools,
): Promise<TranscriptsDone> {
	const outcomes: TranscriptOutcome[] = [];
	const failures: Failure[] = [];
	let empty = 0;
	growHeapBy(HEAP_GROWTH_PERCENT);
	inlineAtMost(INLINED_BYTES);
	using bulk = tools.stages.store.beginBulk();
	for (const [index, group] of groups.entries()) {
		const file = fileOf(group);
		const pause = tools.pause(index);
		try {
			const done = await importGroup(group, { ...tools, pause });
			if (done === undefined) {
				empty += 1;
				continue;
			}
			const outcome: TranscriptOutcome = { file, format: "transcript", ...done };
			outcomes.push(outcome);
			bulk.afterCommit(() => tools.onOutcome(outcome));
		} catch (error) {
			if (isStop(error) || !isOfThisFile(error)) throw error;
			const failure = describeFailure(file, error);
			failures.push(failure);
			tools.onOutcome({ kind: "failed", ...failure });
		}
	}
	return { outcomes, failures, empty };
}

export function fileOf({ main, agents }: TranscriptGroup): string {
	return main?.path ?? agents[0]?.path ?? "";
}

/** The person wants out: no failure of the file's. */
export class Cancelled extends Error {}

function isStop(error: unknown): boolean {
	return error instanceof Cancelled;
}
