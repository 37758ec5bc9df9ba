/**
 * A frame, cut into what it consists of, from the bottom up:
 *
 *     conversation      everything above
 *     asides, queue     right-aligned signs, prompts waiting to be sent, a menu of commands
 *     spinner           `✻ Thinking…` and what hangs below it
 *     input box         or a dialog, or some other overlay in its place
 *     footer            mode line, hints, menus
 */
import type { Frame, Row } from "../core/frame.ts";
import { type Look, matchRow } from "../core/look.ts";
import { type Dialog, readDialog } from "./dialog.ts";
import { type Draft, findBox, type InputBox } from "./input-box.ts";
import { indentOfRow, isBlank, joinWrapped } from "./rows.ts";
import { isSameList } from "./same.ts";
import { SomeRow } from "./some-row.ts";

export type Bottom =
	| { readonly kind: "box"; readonly draft: Draft | undefined }
	| { readonly kind: "dialog"; readonly dialog: Dialog }
	/** A menu, a picker, help: something that stands in the box's place and is no permission dialog. */
	| { readonly kind: "overlay" }
	| { readonly kind: "none" };

export interface Regions {
	/** Rows of the conversation, those that scrolled off since the last frame included. */
	readonly conversation: readonly Row[];
	readonly bottom: Bottom;
	readonly isBusy: boolean;
	/** Prompts shown as waiting above the box. */
	readonly queued: readonly string[];
	/** The person looks at older text: what the screen ends with is not the end. */
	readonly isScrolledAway: boolean;
	/** The prompt that is pinned to the top: of the turn whose text stands below it. */
	readonly pinned: string | undefined;
}

/**
 * Most frames change little: what lies below the box's upper edge, or the rows above it, is often just as it was in the frame
 * before. Then it is not cut again.
 */
export function splitRegions(look: Look, frame: Frame): Regions {
	const before = cuts.get(look);
	const lower = before !== undefined && isSameLower(before, frame) ? before.lower : cutLower(look, frame);
	const isScrolledAway = signOf(look).isIn(frame.rows);
	const isMenu = lower.box?.draft !== undefined && MENU_DRAFT.test(lower.box.draft.text);
	const wanted = { frame, lower, isMenu, isScrolledAway };
	const upper = before !== undefined && isSameUpper(before, wanted) ? before.upper : cutUpper(look, wanted);
	cuts.set(look, { frame, lower, isMenu, isScrolledAway, upper });
	return {
		conversation: upper.conversation,
		bottom: lower.bottom,
		isBusy: upper.hasSpinner || lower.isBusy,
		queued: upper.queued,
		isScrolledAway,
		pinned: upper.pinned,
	};
}

export function isSameConversation(a: Regions, b: Regions): boolean {
	if (a.isBusy !== b.isBusy || a.isScrolledAway !== b.isScrolledAway || a.pinned !== b.pinned) return false;
	return isSameList(a.conversation, b.conversation);
}

/** The frame that was cut last, for each look. */
const cuts = new WeakMap<Look, Cut & { readonly upper: Upper }>();

interface Cut {
	readonly frame: Frame;
	readonly lower: Lower;
	/** A menu lies over the end of the conversation. */
	readonly isMenu: boolean;
	readonly isScrolledAway: boolean;
}

/** The box, or what stands in its place, and all below. */
interface Lower {
	/** The first of its rows. */
	readonly top: number;
	readonly box: InputBox | undefined;
	readonly bottom: Bottom;
	readonly isBusy: boolean;
}

interface Upper {
	readonly conversation: readonly Row[];
	readonly queued: readonly string[];
	readonly hasSpinner: boolean;
	readonly pinned: string | undefined;
}

/** What is found from below is the same where all from its upper edge on is. */
function isSameLower({ frame: before, lower }: Cut, frame: Frame): boolean {
	if (lower.box === undefined || before.cols !== frame.cols) return false;
	return before.rows.length === frame.rows.length && isSameFrom(before, frame, lower.top, frame.rows.length);
}

function isSameUpper(before: Cut, { frame, lower, isMenu, isScrolledAway }: Cut): boolean {
	const seen = before.frame;
	if (before.lower.top !== lower.top || before.isMenu !== isMenu) return false;
	if (before.isScrolledAway !== isScrolledAway || seen.renderer !== frame.renderer) return false;
	if (
		seen.cols !== frame.cols ||
		seen.stale !== frame.stale ||
		seen.scrolled.length + frame.scrolled.length > 0
	)
		return false;
	return isSameFrom(seen, frame, 0, lower.top);
}

function isSameFrom(before: Frame, frame: Frame, from: number, to: number): boolean {
	for (let y = from; y < to; y++) if (before.rows[y] !== frame.rows[y]) return false;
	return true;
}

function cutLower(look: Look, frame: Frame): Lower {
	const box = findBox(look, frame);
	const top = box?.top ?? overlayTop(look, frame) ?? frame.rows.length;
	const below = frame.rows.slice(top);
	const isBusy = below.some((row) => matchRow(look, "busy", row) !== undefined);
	return { top, box, bottom: bottomOf(look, frame, box, below), isBusy };
}

function cutUpper(look: Look, { frame, lower, isMenu, isScrolledAway }: Cut): Upper {
	const all = frame.rows.slice(0, lower.top);
	const above = isMenu ? withoutMenu(look, all) : all;
	const isPinnable = frame.renderer === "fullscreen";
	const pinned = isPinnable ? pinnedPrompt(look, above, isScrolledAway) : undefined;
	const under = pinned === undefined ? above : above.slice(1);
	const text = isPinnable && isScrolledAway ? withoutSign(look, under) : under;
	const peeled = peelBottom(look, text);
	const read = frame.stale === undefined ? peeled.rows : peeled.rows.slice(frame.stale);
	const rows = frame.scrolled.length === 0 ? read : [...frame.scrolled, ...read];
	const { queued, hasSpinner } = peeled;
	return { conversation: joinWrapped(rows, frame.cols), queued, hasSpinner, pinned };
}

/** The sign that older text is looked at, for each look. */
const signs = new WeakMap<Look, SomeRow>();

function signOf(look: Look): SomeRow {
	const known = signs.get(look);
	if (known !== undefined) return known;
	const sign = new SomeRow(look, "scrolled-away");
	signs.set(look, sign);
	return sign;
}

/** A draft that opens a menu. */
const MENU_DRAFT = /^\/|@/u;

/** The menu of commands or files lies over the end of the conversation, where it does not stand below the box. */
function withoutMenu(look: Look, rows: readonly Row[]): readonly Row[] {
	const last = rows.findLastIndex((row) => matchRow(look, "menu", row) === undefined);
	return rows.slice(0, last + 1);
}

/**
 * While older text is looked at, and for a moment afterwards, the prompt it belongs to is pinned to the top, over whatever
 * row is there.
 */
function pinnedPrompt(look: Look, [first]: readonly Row[], isScrolledAway: boolean): string | undefined {
	if (first === undefined) return undefined;
	const match = matchRow(look, isScrolledAway ? "prompt" : "grey-prompt", first);
	return match === undefined ? undefined : (match.text ?? "");
}

function withoutSign(look: Look, rows: readonly Row[]): readonly Row[] {
	return rows.filter((row) => matchRow(look, "scrolled-away", row) === undefined);
}

function bottomOf(look: Look, frame: Frame, box: ReturnType<typeof findBox>, below: readonly Row[]): Bottom {
	if (box !== undefined) return { kind: "box", draft: box.draft };
	if (below.length === 0) return { kind: "none" };
	const dialog = readDialog(look, below, frame.cols);
	return dialog === undefined ? { kind: "overlay" } : { kind: "dialog", dialog };
}

/** Where something other than the box covers the bottom: the first full rule that options or hints follow. */
function overlayTop(look: Look, frame: Frame): number | undefined {
	const rows = frame.rows;
	for (let y = rows.length - 1; y >= 0; y--) {
		const row = rows[y];
		if (row === undefined || !isOverlayEdge(look, row, frame.cols)) continue;
		return upperEdge(look, frame, y);
	}
	return undefined;
}

/** A dialog may hold rules of its own (dotted ones around a command): its edge is the topmost of the group. */
function upperEdge(look: Look, frame: Frame, from: number): number {
	if (matchRow(look, "frame-bottom", frame.rows[from] ?? BLANK) !== undefined)
		return frameTop(look, frame, from);
	let top = from;
	for (let y = from - 1; y >= 0; y--) {
		const row = frame.rows[y];
		if (row === undefined || matchRow(look, "bullet", row) !== undefined) break;
		if (isOverlayEdge(look, row, frame.cols)) top = y;
	}
	return top;
}

/** A drawn frame may be taller than the screen: then it begins with the first of its rows that is left. */
function frameTop(look: Look, frame: Frame, from: number): number {
	let top = from;
	for (let y = from - 1; y >= 0; y--) {
		const row = frame.rows[y] ?? BLANK;
		if (matchRow(look, "frame-top", row) !== undefined) return y;
		if (matchRow(look, "frame-row", row) === undefined) return top;
		top = y;
	}
	return top;
}

/** Conversation rules are indented; at the margin only the UI draws them. */
function isOverlayEdge(look: Look, row: Row, cols: number): boolean {
	if (row.width < cols - 2) return false;
	return matchRow(look, "rule", row) !== undefined || matchRow(look, "frame-bottom", row) !== undefined;
}

const BLANK: Row = { text: "", width: 0, isWrapped: false };

interface Peeled {
	readonly rows: readonly Row[];
	readonly queued: readonly string[];
	readonly hasSpinner: boolean;
}

/** Takes off, from below, what belongs to the UI: blank rows, asides, waiting prompts, the spinner. */
function peelBottom(look: Look, all: readonly Row[]): Peeled {
	const { rows, queued } = peelNotedQueue(look, all);
	const spinnerAt = findSpinner(look, rows);
	let end = rows.length;
	while (end > 0) {
		const row = rows[end - 1];
		if (row === undefined) break;
		const waiting = matchRow(look, "queued", row);
		if (waiting !== undefined && isQueue(look, rows, end - 1)) queued.unshift(waiting.text ?? "");
		else if (!isBlank(row) && matchRow(look, "aside", row) === undefined) break;
		end--;
	}
	if (spinnerAt !== undefined) end = Math.min(end, spinnerAt);
	return { rows: rows.slice(0, end), queued, hasSpinner: spinnerAt !== undefined };
}

/** Prompts drawn as sent ones are, with a note at the end of all that says that they wait. */
function peelNotedQueue(look: Look, rows: readonly Row[]): { rows: readonly Row[]; queued: string[] } {
	const note = rows.findLastIndex((row) => !isBlank(row) && matchRow(look, "aside", row) === undefined);
	const queued: string[] = [];
	const isNote = (row: Row | undefined) =>
		row !== undefined && matchRow(look, "queue-note", row) !== undefined;
	if (note < 0 || !isNote(rows[note])) return { rows, queued };
	let end = note;
	for (let y = note - 1; y >= 0; y--) {
		const row = rows[y];
		if (row === undefined || !(isBlank(row) || isNote(row) || row.fill !== undefined)) break;
		const text = matchRow(look, "prompt", row)?.text;
		if (text === undefined) continue;
		if (matchRow(look, "grey-prompt", row) === undefined) break;
		const rest = rows.slice(y + 1, end).filter((each) => each.fill !== undefined);
		queued.unshift([text, ...rest.map((each) => each.text.trim())].join(" "));
		end = y;
	}
	return { rows: rows.slice(0, end), queued };
}

/** A waiting prompt has a prompt's background, or stands apart: a blank row or another one above it. */
function isQueue(look: Look, rows: readonly Row[], at: number): boolean {
	const row = rows[at];
	const above = at > 0 ? rows[at - 1] : undefined;
	if (row?.lead?.bg !== undefined) return true;
	if (row?.lead === undefined || above === undefined) return false;
	const stands = isBlank(above) || matchRow(look, "queued", above) !== undefined;
	return stands && (row.lead.dim || row.lead.fg !== undefined);
}

/** The lowest spinner row below which only its own rest, hanging rows (tips, tasks) and waiting prompts follow. */
function findSpinner(look: Look, rows: readonly Row[]): number | undefined {
	for (let y = rows.length - 1; y >= 0; y--) {
		const row = rows[y];
		if (row === undefined) return undefined;
		if (matchRow(look, "spinner", row) !== undefined) return y;
		if (isBlank(row) || indentOfRow(row) >= 2) continue;
		// In a narrow window its end stands on a row of its own.
		if (matchRow(look, "busy", row) === undefined) return undefined;
	}
	return undefined;
}
