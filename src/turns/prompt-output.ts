/**
 * Output of the person's own commands hangs below the prompt. When the prompt has scrolled away, its rest stands at the
 * top of the screen and looks like the middle of an answer.
 */
import type { Entry } from "./entry.ts";
import type { OpenTurn } from "./open-turn.ts";
import { stitch } from "./stitch.ts";

export interface Taken {
	readonly turn: OpenTurn;
	/** What stands below the output. */
	readonly rest: readonly Entry[];
}

/** The output as known now, with what the head of the screen shows of it; nothing when the head begins in something else. */
export function takeOutput(turn: OpenTurn, head: readonly Entry[]): Taken | undefined {
	const [first, ...rest] = head;
	if (first?.kind !== "fragment" || turn.promptResults.length === 0 || isTold(turn, head)) return undefined;
	const output: Entry = { kind: "prompt", pattern: "output", text: "", results: turn.promptResults };
	const { entries, hasGap } = stitch([output], { entries: [first], isHeadShown: false, isTailShown: true });
	const results = entries[0]?.results;
	if (hasGap || entries.length !== 1 || results === undefined) return undefined;
	return { turn: { ...turn, promptResults: results }, rest };
}

/** The head is the middle of the turn's own answer. */
function isTold(turn: OpenTurn, head: readonly Entry[]): boolean {
	if (turn.entries.length === 0) return false;
	return !stitch(turn.entries, { entries: head, isHeadShown: false, isTailShown: false }).hasGap;
}
