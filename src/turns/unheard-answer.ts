/** An answer that nobody was seen to ask for: a small screen may have no room for the prompt's echo. */
import type { Entry } from "./entry.ts";
import type { OpenTurn } from "./open-turn.ts";
import { endWithin, stitch } from "./stitch.ts";

/** An answer that was there before a frame could show its prompt or anybody at work. */
export function isUnheardOf(known: readonly OpenTurn[], head: readonly Entry[]): boolean {
	if (!head.some(isTalk)) return false;
	const last = known.at(-1);
	const from = last?.endedAt === undefined ? undefined : endWithin(last.entries, head);
	if (from !== undefined) return head.slice(from).some(({ kind }) => kind === "assistant" || kind === "tool");
	const view = { entries: head, isHeadShown: false, isTailShown: false };
	return known.every(({ entries }) => entries.length > 0 && stitch(entries, view).hasGap);
}

export function isTalk({ kind }: Entry): boolean {
	return kind === "assistant" || kind === "tool" || kind === "group" || kind === "turn-end";
}
