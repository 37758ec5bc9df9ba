/** All turns known so far, and what one more frame changes in them. Pure: the old list in, the new list out. */
import type { Look } from "../core/look.ts";
import type { Prompt, PromptKind } from "../core/turn.ts";
import type { Known } from "./bygone.ts";
import type { Dialog } from "./dialog.ts";
import { type Entry, MadeEntry, unseenPrompt } from "./entry.ts";
import { addGlimpse, noteGlimpses, runOrdinals } from "./glimpses.ts";
import { identify, isOld, type Placement, PROMPT_REST, type Segment, type Submitted } from "./identify.ts";
import { statusOf, wasInterrupted } from "./interruption.ts";
import { changed, type OpenTurn } from "./open-turn.ts";
import { pinnedTurn } from "./pinned-turn.ts";
import { takeOutput } from "./prompt-output.ts";
import { isSameList } from "./same.ts";
import { endWithin, stitch } from "./stitch.ts";
import { Timing } from "./timing.ts";
import { askedCall } from "./tool-call.ts";
import { isTalk, isUnheardOf } from "./unheard-answer.ts";

export interface Sight {
	readonly at: number;
	readonly entries: readonly Entry[];
	readonly isBusy: boolean;
	/** The screen's lower end is the conversation's: true on the main screen, unknown on the alternate one. */
	readonly isEndShown: boolean;
	readonly isScrolledAway: boolean;
	/** The prompt that is pinned above the text. */
	readonly pinned?: string | undefined;
	readonly submissions: Submitted;
	readonly nextSeq: number;
	/** Nobody looked for a while: prompts that stand there now may have been sent meanwhile. */
	readonly isUnwatched: boolean;
	/**
	 * What was sent from an idle box and has no echo yet. A small alternate screen may never show the echo: work that
	 * begins without one is this prompt's.
	 */
	readonly pending: string | undefined;
}

export interface Update {
	readonly turns: OpenTurn[];
	/** Indexes of turns whose content may have changed. */
	readonly touched: readonly number[];
	/** Echoes that became turns with this frame. */
	readonly sent: readonly string[];
}

export function updateConversation(look: Look, known: Known, sight: Sight): Update {
	const { head, segments } = cutAtPrompts(sight.entries);
	const { isBusy, submissions, isUnwatched, pending } = sight;
	const isAtEnd = !sight.isScrolledAway;
	const placements = identify({ known, segments, isBusy, submissions, isUnwatched, isAtEnd, pending });
	const turns = known.turns.slice();
	const work: Work = { look, sight, turns, touched: new Set(), sent: [], seq: sight.nextSeq };
	if (pending !== undefined && !sight.isEndShown && placements.every(isOld))
		if (isBusy || (segments.length === 0 && isAtEnd && isUnheardOf(known.turns, head)))
			openUnseen(work, pending);
	const indexes = placements.map((placement, position) => {
		const segment = segments[position];
		return segment === undefined
			? undefined
			: place(work, placement, segment, position === placements.length - 1);
	});
	if (work.turns.length === 0 && head.some(isTalk)) work.turns.push(namelessTurn(sight.at));
	const first = indexes.find((index) => index !== undefined);
	const above = first === undefined ? pinnedTurn(work.turns, sight.pinned) : first - 1;
	// What stands above a bygone turn is of one, too.
	const isHeadBygone = placements[0]?.kind === "bygone";
	if (head.length > 0 && !isHeadBygone) showHead(work, above, head, segments.length > 0);
	return { turns, touched: [...work.touched], sent: work.sent };
}

/** The end of an old conversation whose prompt is above the screen: known, so that nobody takes it for a new answer's. */
function namelessTurn(at: number): OpenTurn {
	const prompt = unseenPrompt("unseen", "", []);
	return openTurn({ prompt, body: [], isCut: false }, at, undefined);
}

/** One frame's update while it is being made. */
interface Work {
	readonly look: Look;
	readonly sight: Sight;
	readonly turns: OpenTurn[];
	readonly touched: Set<number>;
	readonly sent: string[];
	seq: number;
}

function openUnseen(work: Work, pending: string): void {
	const { at } = work.sight;
	const prompt = unseenPrompt("unseen", pending, [], "prompt");
	work.turns.push(
		openTurn({ prompt, body: [], isCut: false }, at, { seq: work.seq++, text: pending, confidence: UNSEEN }),
	);
	work.sent.push(pending);
	work.touched.add(work.turns.length - 1);
}

/** Confidence in a prompt whose echo was never shown. */
const UNSEEN = 0.8;

/** Puts one prompt and what is below it where it belongs; the index of its turn. */
function place(work: Work, placement: Placement, segment: Segment, isLast: boolean): number | undefined {
	if (placement.kind === "bygone") return undefined;
	if (placement.kind === "meta") {
		absorb(work, segment);
		return undefined;
	}
	let index = placement.kind === "known" ? placement.index : work.turns.length;
	if (placement.kind === "new") {
		work.turns.push(openTurn(segment, work.sight.at, { seq: work.seq++, ...placement }));
		work.sent.push(work.turns[index]?.echo ?? "");
	}
	if (placement.kind === "history") work.turns.push(openTurn(segment, work.sight.at, undefined));
	index = Math.min(index, work.turns.length - 1);
	showBody(work, index, segment, isLast);
	return index;
}

/**
 * Prompts and what is below each. Where a banner follows, the screen was begun anew: what stands above it may have been
 * cut short (before the first prompt: belongs to another program), and what stands below it, up to the next prompt,
 * belongs to no turn.
 */
function cutAtPrompts(entries: readonly Entry[]): { head: readonly Entry[]; segments: readonly Segment[] } {
	const segments: { prompt: Entry; body: Entry[]; isCut: boolean }[] = [];
	const head: Entry[] = [];
	let isAfterBanner = false;
	for (const entry of entries) {
		const current = segments.at(-1);
		if (entry.kind === "prompt") segments.push({ prompt: entry, body: [], isCut: false });
		else if (entry.kind === "banner" && current === undefined) head.length = 0;
		else if (entry.kind === "banner" && current !== undefined) current.isCut = true;
		else if (entry.kind !== "banner" && entry.kind !== "noise" && !isAfterBanner)
			(current?.body ?? head).push(entry);
		isAfterBanner = entry.kind === "banner" || (isAfterBanner && entry.kind !== "prompt");
	}
	return { head, segments };
}

/** A prompt nobody sent, while its turn was at work: a message of Claude Code to itself. It stays as a notice. */
function absorb(work: Work, segment: Segment): void {
	const index = work.turns.length - 1;
	const turn = work.turns[index];
	if (turn === undefined || segment.prompt.pattern === PROMPT_REST) return;
	const notice = new MadeEntry({ ...segment.prompt, kind: "notice" });
	const at = turn.entries.findIndex((entry) => entry.kind === "notice" && entry.text === notice.text);
	const kept = at < 0 ? turn.entries : turn.entries.slice(0, at);
	work.turns[index] = withEntries(work.look, turn, [...kept, notice, ...segment.body], 0);
	work.touched.add(index);
}

const SLASH_COMMAND = /^\/[a-z][\w:-]*(?:\s|$)/iu;

function kindOf(prompt: Entry): PromptKind {
	const kind = prompt.promptKind ?? "prompt";
	return kind === "prompt" && SLASH_COMMAND.test(prompt.text) ? "slash" : kind;
}

/** A slash command that was sent and never echoed. */
export function slashTurn(text: string, seq: number, at: number): OpenTurn {
	const prompt = unseenPrompt("unseen", text, [], "prompt");
	const turn = openTurn({ prompt, body: [], isCut: false }, at, { seq, text, confidence: UNSEEN });
	return changed(turn, { status: "complete", endedAt: at });
}

/** The box shows a mode by its sign, the typed line still has it: `!ls` is the command `ls`. */
function promptOf(entry: Entry, sent: string | undefined): Prompt {
	const kind = kindOf(entry);
	const text = sent ?? entry.text;
	if (kind === "bash") return { kind, text: text.replace(/^!\s*/u, "") };
	return { kind, text: kind === "memory" ? text.replace(/^#\s*/u, "") : text };
}

interface NewTurn {
	readonly seq: number;
	readonly text: string;
	readonly confidence: number;
}

function openTurn(segment: Segment, at: number, sent: NewTurn | undefined): OpenTurn {
	return {
		seq: sent?.seq,
		echo: segment.prompt.pattern === PROMPT_REST ? (sent?.text ?? "") : segment.prompt.text,
		prompt: promptOf(segment.prompt, sent?.text),
		confidence: sent?.confidence ?? 0,
		startedAt: at,
		endedAt: undefined,
		status: sent === undefined ? "complete" : "running",
		entries: [],
		promptResults: segment.prompt.results,
		permissions: [],
		glimpses: new Map(),
		timing: new Timing(),
		gaps: 0,
		hasWorked: false,
	};
}

/** The prompt is on the screen, so the answer's beginning is too. */
function showBody(work: Work, index: number, segment: Segment, isLast: boolean): void {
	const { turns, sight } = work;
	const turn = turns[index];
	if (turn === undefined) return;
	const isNewest = index === turns.length - 1;
	const isEnd = isNewest && sight.isEndShown && !sight.isScrolledAway;
	const isTailShown = !segment.isCut && (!isLast || isEnd);
	if (isLast && !isNewest && !sight.isEndShown) return;
	const isOver = turn.endedAt !== undefined && !(isNewest && sight.isBusy);
	const view = { entries: segment.body, isHeadShown: true, isTailShown, isOver };
	const { entries } = stitch(turn.entries, view);
	const { results } = segment.prompt;
	const shown = turn.promptResults === results ? turn : changed(turn, { promptResults: results });
	turns[index] = withEntries(work.look, shown, entries, 0);
	work.touched.add(index);
}

/** Entries above the first prompt on the screen continue the turn whose prompt has scrolled away. */
function showHead(work: Work, index: number, head: readonly Entry[], isFollowed: boolean): void {
	const turn = index < 0 ? undefined : work.turns[index];
	const output = turn === undefined ? undefined : takeOutput(turn, head);
	if (output !== undefined) work.turns[index] = output.turn;
	if (output === undefined) showRest(work, index, head, { isFollowed, isBelowOutput: false });
	else if (output.rest.length > 0) showRest(work, index, output.rest, { isFollowed, isBelowOutput: true });
}

interface HeadPlace {
	/** A prompt stands below it. */
	readonly isFollowed: boolean;
	/** Output of the turn's own prompt stands above it. */
	readonly isBelowOutput: boolean;
}

function showRest(work: Work, index: number, head: readonly Entry[], place: HeadPlace): void {
	const { turns, sight } = work;
	const { isFollowed, isBelowOutput } = place;
	const turn = index < 0 ? undefined : turns[index];
	if (turn === undefined) return;
	const isTailShown = isFollowed || (sight.isEndShown && !sight.isScrolledAway);
	const stitched = stitch(turn.entries, { entries: head, isHeadShown: false, isTailShown });
	const isUnconnected = stitched.hasGap;
	const isLoose = isUnconnected || turn.entries.length === 0;
	if (isLoose && !isBelowOutput && showBoth(work, index, head)) return;
	if (isUnconnected && (sight.isScrolledAway || !continuesUnseen(turns, index, head, sight))) return;
	if (stitched.entries === turn.entries && !isUnconnected) return;
	const entries = stitched.entries === turn.entries ? [...turn.entries, ...head] : stitched.entries;
	turns[index] = withEntries(work.look, turn, entries, isUnconnected ? 1 : 0);
	work.touched.add(index);
}

/** Some versions take the prompt off the screen again: the end of the turn before and this one's beginning stand together. */
function showBoth(work: Work, index: number, head: readonly Entry[]): boolean {
	const before = index > 0 ? work.turns[index - 1] : undefined;
	const turn = work.turns[index];
	if (before === undefined || turn?.seq === undefined || work.sight.isScrolledAway) return false;
	const from = endWithin(before.entries, head);
	if (from === undefined) return false;
	if (from > 0) showHead(work, index - 1, head.slice(0, from), true);
	if (from === head.length) return true;
	const prompt = unseenPrompt("hidden", turn.echo, turn.promptResults);
	showBody(work, index, { prompt, body: head.slice(from), isCut: false }, true);
	return true;
}

/** Nothing in common with the turn: it went on faster than the screen showed, unless an earlier turn is being re-read. */
function continuesUnseen(
	turns: readonly OpenTurn[],
	index: number,
	head: readonly Entry[],
	sight: Sight,
): boolean {
	const turn = turns[index];
	if (!sight.isBusy && turn?.status !== "running") return false;
	if (turn?.endedAt !== undefined && index < turns.length - 1) return false;
	const isOld = turns.slice(0, index).some((turn) => {
		const probe = stitch(turn.entries, { entries: head, isHeadShown: false, isTailShown: true });
		return turn.entries.length > 0 && !probe.hasGap;
	});
	return !isOld;
}

function withEntries(look: Look, turn: OpenTurn, entries: readonly Entry[], lost: number): OpenTurn {
	return changed(turn, {
		// The same entries stay the same list.
		entries: isSameList(entries, turn.entries) ? turn.entries : entries,
		gaps: turn.gaps + lost,
		glimpses: noteGlimpses(look, turn.glimpses, entries),
		status: statusOf(turn, wasInterrupted(look, turn, entries)),
		hasWorked: turn.hasWorked || entries.length > 0,
	});
}

/** A dialog names its tool in full: remembered for the group that will stand in its place. */
export function glimpseDialog(look: Look, turn: OpenTurn, { title = "", subject }: Dialog): OpenTurn {
	const { name = "", input } = askedCall(look, title, subject);
	const ordinals = runOrdinals(turn.entries).filter((ordinal) => ordinal !== undefined);
	if (turn.entries.at(-1)?.kind !== "group" || name === "" || subject === "") return turn;
	return changed(turn, {
		glimpses: addGlimpse(turn.glimpses, ordinals.at(-1) ?? 0, { name, input }),
	});
}
