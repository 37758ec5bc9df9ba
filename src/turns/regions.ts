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
import { type Draft, findBox } from "./input-box.ts";
import { indentOf, isBlank, joinWrapped } from "./rows.ts";
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
}

export function splitRegions(look: Look, frame: Frame): Regions {
	const box = findBox(look, frame);
	const isScrolledAway = signOf(look).isIn(frame.rows);
	const end = box?.top ?? overlayTop(look, frame) ?? frame.rows.length;
	const below = frame.rows.slice(end);
	const above = withoutMenu(look, frame.rows.slice(0, end), box?.draft?.text);
	const isPinnable = frame.renderer === "fullscreen";
	const peeled = peelBottom(look, isPinnable ? withoutPinned(look, above, isScrolledAway) : above);
	return {
		conversation: joinWrapped([...frame.scrolled, ...peeled.rows.slice(frame.stale ?? 0)], frame.cols),
		bottom: bottomOf(look, frame, box, below),
		isBusy: peeled.hasSpinner || below.some((row) => matchRow(look, "busy", row) !== undefined),
		queued: peeled.queued,
		isScrolledAway,
	};
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
function withoutMenu(look: Look, rows: readonly Row[], draft: string | undefined): readonly Row[] {
	if (draft === undefined || !MENU_DRAFT.test(draft)) return rows;
	const last = rows.findLastIndex((row) => matchRow(look, "menu", row) === undefined);
	return rows.slice(0, last + 1);
}

/**
 * While older text is looked at, and for a moment afterwards, the prompt it belongs to is pinned to the top, over whatever
 * row is there.
 */
function withoutPinned(look: Look, rows: readonly Row[], isScrolledAway: boolean): readonly Row[] {
	const first = rows[0];
	const kind = isScrolledAway ? "prompt" : "grey-prompt";
	const isPinned = first !== undefined && matchRow(look, kind, first) !== undefined;
	const kept = isScrolledAway
		? rows.filter((row) => matchRow(look, "scrolled-away", row) === undefined)
		: rows;
	return isPinned ? kept.slice(1) : kept;
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
		if (waiting !== undefined && isQueue(look, rows, end - 1)) queued.unshift(waiting.groups.text ?? "");
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
	if (!isNote(rows[note])) return { rows, queued };
	let end = note;
	for (let y = note - 1; y >= 0; y--) {
		const row = rows[y];
		if (row === undefined || !(isBlank(row) || isNote(row) || row.fill !== undefined)) break;
		const text = matchRow(look, "prompt", row)?.groups.text;
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
	const above = rows[at - 1];
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
		// In a narrow window its end stands on a row of its own.
		const isRest = matchRow(look, "busy", row) !== undefined;
		if (!isBlank(row) && indentOf(row.text) < 2 && !isRest) return undefined;
	}
	return undefined;
}
