/** What the screen says of a turn that somebody stopped. */
import { type Look, matchText } from "../core/look.ts";
import type { TurnStatus } from "../core/turn.ts";
import type { Entry } from "./entry.ts";
import { entryNotes } from "./entry-notes.ts";
import type { OpenTurn } from "./open-turn.ts";

export function wasInterrupted(look: Look, turn: OpenTurn, entries: readonly Entry[]): boolean {
	return (
		turn.promptResults.some((result) => saysInterrupted(look, result.text)) ||
		entries.some((entry) => isInterruption(look, entry) || (!wasRefused(turn) && isStopped(look, entry)))
	);
}

/** One that nothing on the screen speaks of any more, in a turn that went on working, stood in a half-painted picture. */
export function statusOf(turn: OpenTurn, isInterrupted: boolean): TurnStatus {
	if (isInterrupted) return "interrupted";
	return turn.status === "interrupted" && turn.endedAt === undefined ? "running" : turn.status;
}

/** An interrupt is a line of its own: longer texts only speak of one. */
const LONGEST_INTERRUPTION = 120;

function saysInterrupted(look: Look, text: string): boolean {
	return text.length < LONGEST_INTERRUPTION && matchText(look, "interrupted", text.trim()) !== undefined;
}

function isInterruption(look: Look, entry: Entry): boolean {
	const notes = entryNotes(entry);
	notes.isInterruption ??=
		saysInterrupted(look, entry.text) ||
		entry.results.some((result) => saysInterrupted(look, result.text) || wasCutOff(look, result.text));
	return notes.isInterruption;
}

/** An error whose last line says that somebody stopped the tool. */
function wasCutOff(look: Look, text: string): boolean {
	const lines = text.trim().split("\n");
	return matchText(look, "failed", lines[0] ?? "") !== undefined && saysInterrupted(look, lines.at(-1) ?? "");
}

/** A tool that nobody refused was stopped while it ran. */
function isStopped(look: Look, entry: Entry): boolean {
	return entry.kind === "tool" && entry.results.some(({ text }) => matchText(look, "stopped", text.trim()));
}

function wasRefused(turn: OpenTurn): boolean {
	return turn.permissions.some(({ isOpen, choice = "No" }) => isOpen || /^No\b/u.test(choice));
}
