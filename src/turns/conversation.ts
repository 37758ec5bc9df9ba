/** All turns known so far, and what one more frame changes in them. Pure: the old list in, the new list out. */
import { type Look, matchText } from "../core/look.ts";
import type { PromptKind } from "../core/turn.ts";
import type { Entry } from "./entry.ts";
import { addGlimpse, noteGlimpses, runOrdinals } from "./glimpses.ts";
import { identify, PROMPT_REST, type Segment } from "./identify.ts";
import type { OpenTurn } from "./open-turn.ts";
import { stitch } from "./stitch.ts";
import { NO_TIME } from "./timing.ts";

export interface Sight {
	readonly at: number;
	readonly entries: readonly Entry[];
	readonly isBusy: boolean;
	/** The screen's lower end is the conversation's: true on the main screen, unknown on the alternate one. */
	readonly isEndShown: boolean;
	readonly isScrolledAway: boolean;
	readonly findSent: (echo: string) => string | undefined;
	readonly nextSeq: number;
}

export interface Update {
	readonly turns: readonly OpenTurn[];
	/** Indexes of turns whose content may have changed. */
	readonly touched: readonly number[];
	/** Echoes that became turns with this frame. */
	readonly sent: readonly string[];
}

export function updateConversation(look: Look, known: readonly OpenTurn[], sight: Sight): Update {
	const { head, segments } = cutAtPrompts(sight.entries);
	const placements = identify({ turns: known, segments, isBusy: sight.isBusy, findSent: sight.findSent });
	const turns = [...known];
	const touched = new Set<number>();
	const sent: string[] = [];
	let seq = sight.nextSeq;
	let previous: number | undefined;
	let firstIndex: number | undefined;
	for (const [position, placement] of placements.entries()) {
		const segment = segments[position];
		if (segment === undefined) continue;
		if (placement.kind === "meta") {
			if (previous !== undefined) previous = absorb(turns, previous, segment, sight.at);
			continue;
		}
		let index: number;
		if (placement.kind === "known") index = placement.index;
		else {
			const isNew = placement.kind === "new";
			turns.push(openTurn(segment, sight.at, isNew ? { seq: seq++, ...placement } : undefined));
			if (isNew) sent.push(segment.prompt.text);
			index = turns.length - 1;
		}
		firstIndex ??= index;
		const isLast = position === placements.length - 1;
		if (showBody(look, turns, index, { segment, sight, isLast })) touched.add(index);
		previous = index;
	}
	const above = firstIndex === undefined ? turns.length - 1 : firstIndex - 1;
	if (head.length > 0 && showHead(look, turns, above, head, segments.length > 0, sight)) touched.add(above);
	return { turns, touched: [...touched], sent };
}

function cutAtPrompts(entries: readonly Entry[]): { head: readonly Entry[]; segments: readonly Segment[] } {
	const segments: { prompt: Entry; body: Entry[] }[] = [];
	const head: Entry[] = [];
	for (const entry of entries) {
		if (entry.kind === "prompt") segments.push({ prompt: entry, body: [] });
		else if (entry.kind !== "banner") (segments.at(-1)?.body ?? head).push(entry);
	}
	return { head, segments };
}

/** A prompt nobody sent, while its turn was at work: a message of Claude Code to itself. It stays as a notice. */
function absorb(turns: OpenTurn[], index: number, segment: Segment, at: number): number {
	const turn = turns[index];
	if (turn === undefined || segment.prompt.pattern === PROMPT_REST) return index;
	const known = turn.entries.some((entry) => entry.text === segment.prompt.text);
	const notice: Entry = { ...segment.prompt, kind: "notice" };
	const kept = turn.entries.filter((entry) => !segment.body.some((each) => each.text === entry.text));
	turns[index] = {
		...turn,
		entries: known ? [...kept, ...segment.body] : [...turn.entries, notice, ...segment.body],
		timing: turn.timing,
		...(at < turn.startedAt ? { startedAt: at } : {}),
	};
	return index;
}

const SLASH_COMMAND = /^\/[a-z][\w:-]*(?:\s|$)/iu;

function kindOf(prompt: Entry): PromptKind {
	const kind = prompt.promptKind ?? "prompt";
	return kind === "prompt" && SLASH_COMMAND.test(prompt.text) ? "slash" : kind;
}

interface NewTurn {
	readonly seq: number;
	readonly text: string;
	readonly confidence: number;
}

function openTurn(segment: Segment, at: number, sent: NewTurn | undefined): OpenTurn {
	return {
		seq: sent?.seq,
		echo: segment.prompt.text,
		prompt: { text: sent?.text ?? segment.prompt.text, kind: kindOf(segment.prompt) },
		confidence: sent?.confidence ?? 0,
		startedAt: at,
		status: sent === undefined ? "complete" : "running",
		entries: [],
		promptResults: segment.prompt.results,
		permissions: [],
		glimpses: new Map(),
		timing: NO_TIME,
		gaps: 0,
		hasWorked: false,
	};
}

interface Shown {
	readonly segment: Segment;
	readonly sight: Sight;
	readonly isLast: boolean;
}

/** The prompt is on the screen, so the answer's beginning is too. */
function showBody(look: Look, turns: OpenTurn[], index: number, { segment, sight, isLast }: Shown): boolean {
	const turn = turns[index];
	if (turn === undefined) return false;
	const isNewest = index === turns.length - 1;
	const isTailShown = !isLast || (isNewest && sight.isEndShown && !sight.isScrolledAway);
	if (isLast && !isNewest && !sight.isEndShown) return false;
	const { entries } = stitch(turn.entries, { entries: segment.body, isHeadShown: true, isTailShown });
	turns[index] = withEntries(look, { ...turn, promptResults: segment.prompt.results }, entries, 0);
	return true;
}

/** Entries above the first prompt on the screen continue the turn whose prompt has scrolled away. */
function showHead(
	look: Look,
	turns: OpenTurn[],
	index: number,
	head: readonly Entry[],
	isFollowed: boolean,
	sight: Sight,
): boolean {
	const turn = turns[index];
	if (turn === undefined) return false;
	const isTailShown = isFollowed || (sight.isEndShown && !sight.isScrolledAway);
	const stitched = stitch(turn.entries, { entries: head, isHeadShown: false, isTailShown });
	if (stitched.hasGap || stitched.entries === turn.entries) {
		if (sight.isScrolledAway || !continuesUnseen(turns, index, head, sight)) return false;
	}
	const entries = stitched.entries === turn.entries ? [...turn.entries, ...head] : stitched.entries;
	const lost = stitched.hasGap || stitched.entries === turn.entries ? 1 : 0;
	turns[index] = withEntries(look, turn, entries, lost);
	return true;
}

/** Nothing in common with the turn: it went on faster than the screen showed, unless an earlier turn is being re-read. */
function continuesUnseen(
	turns: readonly OpenTurn[],
	index: number,
	head: readonly Entry[],
	sight: Sight,
): boolean {
	if (!sight.isBusy && turns[index]?.status !== "running") return false;
	const isOld = turns.slice(0, index).some((turn) => {
		const probe = stitch(turn.entries, { entries: head, isHeadShown: false, isTailShown: true });
		return turn.entries.length > 0 && !probe.hasGap;
	});
	return !isOld;
}

function withEntries(look: Look, turn: OpenTurn, entries: readonly Entry[], lost: number): OpenTurn {
	const isInterrupted = [...turn.promptResults, ...entries.flatMap(partsOf)].some(
		(part) => matchText(look, "interrupted", part.text.trim()) !== undefined,
	);
	return {
		...turn,
		entries,
		gaps: turn.gaps + lost,
		glimpses: noteGlimpses(look, turn.glimpses, entries),
		status: isInterrupted ? "interrupted" : turn.status,
		hasWorked: turn.hasWorked || entries.length > 0,
	};
}

function partsOf(entry: Entry): readonly { readonly text: string }[] {
	return [entry, ...entry.results];
}

/** A dialog names its tool in full: remembered for the group that will stand in its place. */
export function glimpseDialog(turn: OpenTurn, name: string, input: string): OpenTurn {
	const ordinals = runOrdinals(turn.entries).filter((ordinal) => ordinal !== undefined);
	const last = turn.entries.at(-1);
	if (last?.kind !== "group" || input === "") return turn;
	return { ...turn, glimpses: addGlimpse(turn.glimpses, ordinals.at(-1) ?? 0, { name, input }) };
}
