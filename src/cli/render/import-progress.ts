/** How far an import is, on one line that is painted over. Pure but for the time it is handed. */
import type { ImportProgress } from "../../import/import-recordings.ts";
import { formatBytes } from "../text/bytes.ts";
import { oneLine, truncate, truncateStart } from "../text/fit.ts";
import { formatDuration } from "../text/times.ts";

/** Before this nothing can be said about the rest. */
const ESTIMATE_AFTER_MS = 1000;
/** Ten times a second looks alive. */
const EVERY_MS = 100;
export const ERASE_LINE = "\r\x1b[K";
/** Columns of a file's name that say which it is. */
const LEAST_NAME = 12;

export function renderProgress(progress: ImportProgress, elapsedMs: number, width: number): string {
	const { file, number, files, doneBytes, totalBytes } = progress;
	const facts = [`${number} of ${files}`, `${formatBytes(doneBytes)} of ${formatBytes(totalBytes)}`];
	const left = timeLeft(progress, elapsedMs);
	if (left !== undefined) facts.push(`${formatDuration(left)} left`);
	const head = facts.join(" · ");
	const room = width - 1 - head.length - 3;
	return room < LEAST_NAME ? truncate(head, width - 1) : `${head} · ${truncateStart(oneLine(file), room)}`;
}

/** Bytes to come at the pace of those that are done; milliseconds. */
export function timeLeft({ doneBytes, totalBytes }: ImportProgress, elapsedMs: number): number | undefined {
	if (elapsedMs < ESTIMATE_AFTER_MS || doneBytes <= 0) return undefined;
	return Math.max(0, ((totalBytes - doneBytes) * elapsedMs) / doneBytes);
}

export interface ProgressLine {
	readonly show: (progress: ImportProgress) => void;
	/** Takes the line away: something else is to be printed, or all is done. */
	readonly clear: () => void;
}

export function createProgressLine(
	terminal: {
		readonly isTerminal: boolean;
		readonly columns: number;
		readonly write: (text: string) => void;
	},
	now: () => number,
): ProgressLine {
	if (!terminal.isTerminal) return { show: () => undefined, clear: () => undefined };
	const startedAt = now();
	let shownAt = Number.NEGATIVE_INFINITY;
	return {
		show: (progress) => {
			const at = now();
			if (at - shownAt < EVERY_MS) return;
			shownAt = at;
			terminal.write(`${ERASE_LINE}${renderProgress(progress, at - startedAt, terminal.columns)}`);
		},
		clear: () => {
			if (shownAt > Number.NEGATIVE_INFINITY) terminal.write(ERASE_LINE);
			shownAt = Number.NEGATIVE_INFINITY;
		},
	};
}
