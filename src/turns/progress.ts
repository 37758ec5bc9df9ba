/** How far a turn is, judged from one frame. */
import type { Frame } from "../core/frame.ts";
import type { Look } from "../core/look.ts";
import { type Entry, MadeEntry } from "./entry.ts";
import { entryNotes } from "./entry-notes.ts";
import { PROMPT_REST } from "./identify.ts";
import type { Draft } from "./input-box.ts";
import { changed, type OpenTurn } from "./open-turn.ts";
import { readEntries } from "./read-entries.ts";
import type { Regions } from "./regions.ts";
import { isBlank } from "./rows.ts";
import type { Activity } from "./timing.ts";
import { isSamePrompt, lettersOf, mayEnd, skeletonOf } from "./words.ts";

/** An answer that grows seldom stands still for longer, and people seldom type their next prompt sooner. */
export const GROWS_EVERY_MS = 1000;

/** The answer has more words than before: the model is at it. Some versions do not say so while a draft stands in the box. */
export function hasGrown(before: OpenTurn | undefined, now: OpenTurn | undefined): boolean {
	if (before === undefined || now === undefined || now.seq !== before.seq) return false;
	const last = now.entries.at(-1);
	if (last?.kind !== "assistant") return false;
	return last.text.length > (before.entries[now.entries.length - 1]?.text.length ?? 0);
}

/** No screen shows more prompts than these. */
const MOST_ECHOES = 5;

/** What the turns show on a frame, told what is known of them, and what was sent and has no echo yet. */
export function entriesOf(
	look: Look,
	frame: Frame,
	regions: Regions,
	known: { readonly turns: readonly OpenTurn[]; readonly pending: string | undefined },
): readonly Entry[] {
	const entries = readEntries(look, regions.conversation, shownAs(frame));
	return withoutUnechoed(withPromptRest(entries, regions, known.turns), known.pending);
}

/** The other screen keeps nothing that scrolled off: it shows a part. */
export function shownAs({ cols, renderer }: Frame): { readonly cols: number; readonly isPart: boolean } {
	return { cols, isPart: renderer === "fullscreen" };
}

/**
 * A prompt whose beginning is above the screen: rows with a prompt's background at the very top, without its sign, or
 * rows that a recent prompt is known to end with (1.0 paints no background).
 */
function withPromptRest(
	entries: readonly Entry[],
	regions: Regions,
	turns: readonly OpenTurn[],
): readonly Entry[] {
	const first = entries[0];
	if (first?.kind !== "unknown" && first?.kind !== "fragment") return entries;
	const next = entries.findIndex((entry) => entry.kind !== "unknown" && entry.kind !== "fragment");
	const leading = entries.slice(0, next < 0 ? entries.length : next);
	const top = regions.conversation.find((row) => !isBlank(row));
	const isFilled = first.kind === "fragment" && top?.fill !== undefined;
	// After a resize the rows of a prompt have lost their indentation, and read as several entries.
	if (isFilled && (leading.length === 1 || !endsPrompt(leading, turns))) {
		const prompt = new MadeEntry({ ...first, kind: "prompt", pattern: PROMPT_REST });
		entryNotes(prompt).words = entryNotes(first).words;
		return [prompt, ...entries.slice(1)];
	}
	if (!isFilled && !endsPrompt(leading, turns)) return entries;
	const text = leading.map((entry) => entry.text).join("\n");
	const results = leading.flatMap((entry) => entry.results);
	return [
		new MadeEntry({ ...first, kind: "prompt", pattern: PROMPT_REST, text, results }),
		...entries.slice(leading.length),
	];
}

/** Whether these are what a recent prompt is known to end with. */
function endsPrompt(leading: readonly Entry[], turns: readonly OpenTurn[]): boolean {
	const text = leading.map((entry) => entry.text).join("\n");
	const echoes = turns.slice(-MOST_ECHOES).map((turn) => turn.echo);
	const near = echoes.filter((echo) => mayEnd(skeletonOf(echo), text));
	if (near.length === 0) return false;
	const end = endOf(text);
	return near.some((echo) => endsWithText(echo, text, end));
}

/** Letters that have to agree before a row is taken for the end of a prompt. */
const MIN_REST_LETTERS = 6;

function endsWithText(echo: string, text: string, end: string): boolean {
	const known = skeletonOf(echo);
	if (!known.endsWith(end)) return false;
	const rest = skeletonOf(text);
	return rest.length >= MIN_REST_LETTERS && known.endsWith(rest);
}

/** Characters that are looked at before a whole screen of text is. */
const END_CHARS = 40;

/** The last letters of a text: of its last whole line, or without the first of them, which may be half of one. */
function endOf(text: string): string {
	if (text.length <= END_CHARS) return "";
	const end = text.slice(-END_CHARS);
	const line = end.indexOf("\n");
	return line < 0 ? lettersOf(end).slice(1) : lettersOf(end.slice(line + 1));
}

export function activityOf(regions: Regions, turn: OpenTurn | undefined): Activity {
	if (regions.bottom.kind === "dialog") return "waitingForPermissionMs";
	if (!regions.isBusy) return "waitingForUserMs";
	const last = turn?.entries.at(-1);
	if (last === undefined) return "thinkingMs";
	if (last.kind === "assistant" || last.kind === "fragment") return "streamingMs";
	return last.kind === "tool" || last.kind === "group" ? "toolMs" : "thinkingMs";
}

/**
 * Idle after work ends a turn; work after that (a background task reporting) opens it again. `isStopped`: a tool ran until a
 * moment ago, and Esc was pressed; not every version (2.1.240) leaves a word of that below what it folds.
 */
export function settle(turn: OpenTurn, at: number, activity: Activity, isStopped: boolean): OpenTurn {
	const isIdle = activity === "waitingForUserMs";
	if (!isIdle) {
		const status = turn.status === "complete" ? "running" : turn.status;
		if (turn.endedAt === undefined && turn.hasWorked && turn.status === status) return turn;
		return changed(turn, { endedAt: undefined, hasWorked: true, status });
	}
	if (turn.endedAt !== undefined || !(turn.hasWorked || turn.promptResults.length > 0)) return turn;
	const ended = isStopped ? "interrupted" : "complete";
	return changed(turn, { endedAt: at, status: turn.status === "running" ? ended : turn.status });
}

/** What stands in the box, also in one that is taller than the window: then nothing else is left of the screen's text. */
export function backInBox({ bottom, conversation }: Regions): Draft | undefined {
	if (bottom.kind === "box") return bottom.draft;
	if (bottom.kind !== "overlay" || conversation.some((row) => row.fill !== undefined)) return undefined;
	return { text: conversation.map((row) => row.text).join("\n"), sign: "", above: 1 };
}

/** Letters by which the end of a prompt is known. */
const MIN_END_LETTERS = 20;

/**
 * A box that is too small shows the end alone, as the cursor stands there then. 2.1.332 says how much is above it; 2.1.315 does
 * not, so the end of a prompt is taken for the whole of it in any box.
 */
export function isTakenBack(turn: OpenTurn, draft: Draft): boolean {
	if (turn.entries.length > 0 || turn.promptResults.length > 0) return false;
	const { text } = turn.prompt;
	if (draft.above === 0 && isSamePrompt(text, draft.text)) return true;
	const end = lettersOf(draft.text);
	return end.length >= MIN_END_LETTERS && skeletonOf(text).endsWith(end);
}

/** `✳ Generate integers` → the topic; the program's own name is none. */
export function topicOf(title: string | undefined): string | undefined {
	const topic = title?.replace(/^[^\p{L}\p{N}]+/u, "").trim();
	return topic === undefined || topic === "" || /^(?:Claude Code|claude)$/iu.test(topic) ? undefined : topic;
}

/** A draft that goes to the model: slash commands open menus and do not. */
export function plainPrompt(draft: string | undefined): string | undefined {
	return draft === undefined || draft.startsWith("/") || draft.endsWith("\\") ? undefined : draft;
}

/** A draft that ends the program. */
export function leavingCommand(draft: string | undefined): string | undefined {
	return draft !== undefined && /^\/(?:exit|quit)\s*$/u.test(draft) ? draft.trim() : undefined;
}

/** 1.0.60 draws a prompt that was just sent below all, without its sign, until it echoes it: it is not said by anybody. */
function withoutUnechoed(entries: readonly Entry[], pending: string | undefined): readonly Entry[] {
	const last = entries.at(-1);
	if (pending === undefined || last === undefined || last.kind === "prompt" || last.results.length > 0)
		return entries;
	const at = last.text.lastIndexOf("\n\n");
	if (!isSamePrompt(last.text.slice(at < 0 ? 0 : at), pending)) return entries;
	const rest = at < 0 ? [] : [new MadeEntry({ ...last, text: last.text.slice(0, at).trimEnd() })];
	return [...entries.slice(0, -1), ...rest];
}
