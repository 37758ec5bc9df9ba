/** How far a sync is, on one line that is painted over. Pure but for the time it is handed. */
import type { PushProgress } from "../../sync/sync-engine.ts";
import { formatBytes } from "../text/bytes.ts";
import { truncate } from "../text/fit.ts";
import { formatDuration } from "../text/times.ts";
import { ERASE_LINE } from "./import-progress.ts";

/** Before this nothing can be said about the rest. */
const ESTIMATE_AFTER_MS = 1000;
/** Ten times a second looks alive. */
const EVERY_MS = 100;

export function renderPushProgress(progress: PushProgress, total: number, elapsedMs: number): string {
	const facts = [`${progress.sent} of ${total}`, formatBytes(progress.sentBytes)];
	if (elapsedMs < ESTIMATE_AFTER_MS || progress.sent === 0) return facts.join(" · ");
	facts.push(`${Math.round((progress.sent * 1000) / elapsedMs)}/s`);
	const left = (Math.max(0, total - progress.sent) * elapsedMs) / progress.sent;
	return [...facts, `${formatDuration(left)} left`].join(" · ");
}

export function createPushLine(
	terminal: {
		readonly isTerminal: boolean;
		readonly columns: number;
		readonly write: (text: string) => void;
	},
	facts: { readonly now: () => number; readonly total: number },
) {
	const startedAt = facts.now();
	let shownAt = Number.NEGATIVE_INFINITY;
	return {
		show: (progress: PushProgress) => {
			const at = facts.now();
			if (!terminal.isTerminal || at - shownAt < EVERY_MS) return;
			shownAt = at;
			const text = renderPushProgress(progress, facts.total, at - startedAt);
			terminal.write(`${ERASE_LINE}${truncate(text, terminal.columns - 1)}`);
		},
		clear: () => {
			if (shownAt > Number.NEGATIVE_INFINITY) terminal.write(ERASE_LINE);
		},
	};
}
