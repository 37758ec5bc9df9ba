/**
 * Output of the person's own commands hangs below the prompt. When the prompt has scrolled away, its rest stands at the
 * top of the screen and looks like the middle of an answer.
 */
import { OUTPUT_REST } from "./close-entry.ts";
import { type Entry, type Result, unseenPrompt } from "./entry.ts";
import { changed, type OpenTurn } from "./open-turn.ts";
import { stitch } from "./stitch.ts";

export interface Taken {
	readonly turn: OpenTurn;
	/** What stands below the output. */
	readonly rest: readonly Entry[];
}

/** The output as known now, with what the head of the screen shows of it; nothing when the head begins in something else. */
export function takeOutput(turn: OpenTurn, head: readonly Entry[]): Taken | undefined {
	const [first, ...rest] = head;
	if (first?.kind !== "fragment" || !mayHaveOutput(turn, first) || isTold(turn, head)) return undefined;
	const results = joined(turn, first) ?? unseen(turn, first);
	return results === undefined ? undefined : { turn: changed(turn, { promptResults: results }), rest };
}

/** What is known of the output, and the rest of it, where the two touch. */
function joined(turn: OpenTurn, first: Entry): readonly Result[] | undefined {
	if (turn.promptResults.length === 0) return undefined;
	const output = unseenPrompt("output", "", turn.promptResults);
	const { entries, hasGap } = stitch([output], { entries: [first], isHeadShown: false, isTailShown: true });
	return hasGap || entries.length !== 1 ? undefined : entries[0]?.results;
}

/** A long output whose beginning was never on the screen: nothing but output stands so far right below a command. */
function unseen(turn: OpenTurn, { pattern, text }: Entry): readonly Result[] | undefined {
	if (!isUnseenOutput(turn, pattern)) return undefined;
	return [...turn.promptResults, { text }];
}

function isUnseenOutput(turn: OpenTurn, pattern: string): boolean {
	return pattern === OUTPUT_REST && turn.prompt.kind === "bash" && turn.entries.length === 0;
}

/** Most turns have none: that is found out first. */
function mayHaveOutput(turn: OpenTurn, { pattern }: Entry): boolean {
	return turn.promptResults.length > 0 || isUnseenOutput(turn, pattern);
}

/** The head is the middle of the turn's own answer. */
function isTold(turn: OpenTurn, head: readonly Entry[]): boolean {
	if (turn.entries.length === 0) return false;
	return !stitch(turn.entries, { entries: head, isHeadShown: false, isTailShown: false }).hasGap;
}
