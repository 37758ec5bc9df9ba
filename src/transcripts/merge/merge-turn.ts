/** One turn from both sources. The transcript wins for content, the terminal for what happened. */
import type { Item, Turn } from "../../core/turn.ts";
import { agreement, wordsOf } from "./agreement.ts";
import { mergeItems } from "./merge-items.ts";

export interface TurnSources {
	readonly terminal: Turn;
	readonly transcript: Omit<Turn, "seq">;
	/** Nothing more is to come of the transcript's turn. */
	readonly isTranscriptWhole: boolean;
}

export function mergeTurn({ terminal, transcript, isTranscriptWhole }: TurnSources): Turn {
	const usage = transcript.usage ?? terminal.usage;
	const { prompt } = transcript;
	const status = statusOf({ terminal, transcript, isTranscriptWhole });
	const endedAt = terminal.endedAt ?? (status === "running" ? undefined : transcript.endedAt);
	return {
		...terminal,
		prompt,
		status,
		...(endedAt === undefined ? {} : { endedAt }),
		...(usage === undefined ? {} : { usage }),
		source: "both",
		fidelity: fidelityOf(terminal, transcript),
		items: mergeItems({
			terminal: terminal.items,
			transcript: transcript.items,
			isTranscriptBehind: !isTranscriptWhole || terminal.status === "interrupted",
		}),
	};
}

/**
 * Both note an interrupt. Where only the screen seemed to show one, an answer that was written down whole proves it
 * wrong, unless a tool was refused: that ends the work, and the transcript calls it no interrupt.
 */
function statusOf({ terminal, transcript, isTranscriptWhole }: TurnSources): Turn["status"] {
	if (transcript.status === "interrupted") return "interrupted";
	const isWhole = isTranscriptWhole && transcript.status === "complete" && transcript.items.length > 0;
	if (!isWhole || transcript.items.some(wasStopped)) return terminal.status;
	return terminal.status === "interrupted" || terminal.status === "lost" ? "complete" : terminal.status;
}

function wasStopped(item: Item): boolean {
	return item.kind === "tool" && (item.status === "rejected" || item.status === "interrupted");
}

/**
 * How well the screen's text agrees with the transcript's, from 0 to 1: words of prompt and answers, and calls of
 * tools by name. A turn that was merged before keeps what was found when both were fresh.
 */
function fidelityOf(terminal: Turn, transcript: Omit<Turn, "seq">): number {
	if (terminal.fidelity !== undefined) return terminal.fidelity;
	const score = agreement(evidence(terminal), evidence(transcript));
	return Math.round(score * PRECISION) / PRECISION;
}

const PRECISION = 10_000;

function evidence({ prompt, items }: Omit<Turn, "seq">): string[] {
	return [...wordsOf(prompt.text), ...items.flatMap(itemEvidence)];
}

/** Calls that the screen folds away would say more about the version's habits than about how well it was read. */
function itemEvidence(item: Item): string[] {
	return item.kind === "assistant" ? wordsOf(item.text) : [];
}
