/**
 * Permission dialogs: opened by a frame, answered by a key, closed by the frame that no longer shows them.
 *
 *   closed ── dialog shown ──► open ── key ──► answered ── dialog gone ──► closed (+ permission)
 *                               └────────── dialog gone ──────────────────► closed (+ permission, choice as selected)
 */
import type { Dialog } from "./dialog.ts";
import type { Key } from "./typing.ts";
import { skeletonOf } from "./words.ts";

export interface Permission {
	readonly question: string;
	readonly title: string | undefined;
	/** The command or file asked about. */
	readonly subject: string;
	readonly options: readonly string[];
	readonly choice: string | undefined;
	readonly isDismissed: boolean;
	readonly decisionMs: number | undefined;
	/** How many entries the turn had when the dialog opened. */
	readonly afterEntries: number;
	readonly isOpen: boolean;
}

export interface OpenDialog {
	readonly dialog: Dialog;
	readonly openedAt: number;
	readonly afterEntries: number;
	readonly answer: { readonly at: number; readonly option: number | "dismissed" } | undefined;
	/** Keys that moved the cursor and were not painted yet: when the last one came, and where the cursor stood before each. */
	readonly move?: { readonly at: number; readonly left: readonly number[] } | undefined;
}

/** A program that is busy paints a picture with the old cursor after the key; one that shows it later did not take the key. */
const KEY_IS_PAINTED_MS = 400;

export function openDialog(dialog: Dialog, at: number, afterEntries: number): OpenDialog {
	return { dialog, openedAt: at, afterEntries, answer: undefined };
}

/**
 * The same question painted again: the cursor moved, or more of it became visible. One that was answered is taken off from its
 * top: of a picture that was read in pieces, its lower half may be left.
 */
export function isSameDialog(open: OpenDialog, dialog: Dialog): boolean {
	if (skeletonOf(open.dialog.question) !== skeletonOf(dialog.question)) return false;
	const isHalfGone = open.answer !== undefined && dialog.title === undefined && dialog.subject === "";
	return isHalfGone || skeletonOf(open.dialog.subject) === skeletonOf(dialog.subject);
}

/**
 * A dialog that no key has answered, back in the same turn, was never away: a resize wipes it off and draws it over what is
 * left of the old picture. Without a resize, nothing else may have happened meanwhile.
 */
export function reopened(
	last: OpenDialog | undefined,
	shown: Dialog,
	turn: { readonly entries: readonly unknown[]; readonly permissions: readonly unknown[] },
	isAfterResize: boolean,
): OpenDialog | undefined {
	if (last === undefined || last.answer !== undefined || turn.permissions.length === 0) return undefined;
	const isSame = isAfterResize
		? skeletonOf(last.dialog.question) === skeletonOf(shown.question)
		: last.afterEntries === turn.entries.length && isSameDialog(last, shown);
	return isSame ? { ...last, dialog: shown } : undefined;
}

/** The dialog as it is painted now. Once it is answered, only words that were typed into an option may still be drawn. */
export function redraw(open: OpenDialog, dialog: Dialog, at: number): OpenDialog {
	if (open.answer === undefined) return moved(open, dialog, at);
	const known = open.dialog.options;
	const isLonger = dialog.options.every((option, index) => option.startsWith(known[index] ?? option));
	if (!isLonger || dialog.options.length !== known.length) return open;
	return { ...open, dialog: { ...open.dialog, options: dialog.options } };
}

function moved(open: OpenDialog, dialog: Dialog, at: number): OpenDialog {
	const { move } = open;
	const { selected } = dialog;
	const isOld = move !== undefined && selected !== undefined && move.left.includes(selected);
	if (isOld && selected !== open.dialog.selected && at - move.at < KEY_IS_PAINTED_MS)
		return { ...open, dialog: { ...dialog, selected: open.dialog.selected } };
	return { ...open, dialog, move: undefined };
}

/** Keys act on what the next frame will show: the cursor moves at once, the answer counts at once. */
export function pressKey(open: OpenDialog, key: Key, at: number): OpenDialog {
	const { dialog } = open;
	if (key.kind === "up" || key.kind === "down") {
		const left = [...(open.move?.left ?? []), ...(dialog.selected === undefined ? [] : [dialog.selected])];
		return { ...open, dialog: moveCursor(dialog, key.kind), move: { at, left } };
	}
	const option = optionOf(dialog, key);
	return option === undefined ? open : { ...open, answer: { at, option } };
}

/** The cursor goes round. */
function moveCursor(dialog: Dialog, direction: "up" | "down"): Dialog {
	if (dialog.selected === undefined) return dialog;
	const count = dialog.options.length;
	return { ...dialog, selected: (dialog.selected + (direction === "down" ? 1 : count - 1)) % count };
}

function optionOf(dialog: Dialog, key: Key): number | "dismissed" | undefined {
	if (key.kind === "escape") return "dismissed";
	if (key.kind === "enter") return dialog.selected;
	if (key.kind === "backtab") return shortcutOf(dialog);
	if (key.kind === "digit" && key.digit >= 1 && key.digit <= dialog.options.length) return key.digit - 1;
	return undefined;
}

/** `Yes, allow all edits during this session (shift+tab)` can be taken by that key. */
function shortcutOf(dialog: Dialog): number | undefined {
	const index = dialog.options.findIndex((option) => option.includes("(shift+tab)"));
	return index < 0 ? undefined : index;
}

/** As it stands: still open, or closed at `closedAt`. */
export function toPermission(open: OpenDialog, closedAt: number | undefined): Permission {
	const { dialog, answer } = open;
	const isDismissed = answer?.option === "dismissed";
	const index = closedAt === undefined ? undefined : chosenIndex(open);
	const decidedAt = answer?.at ?? closedAt;
	return {
		question: dialog.question,
		title: dialog.title,
		subject: dialog.subject,
		options: dialog.options,
		choice: index === undefined ? undefined : dialog.options[index],
		isDismissed,
		decisionMs: decidedAt === undefined ? undefined : Math.max(0, Math.round(decidedAt - open.openedAt)),
		afterEntries: open.afterEntries,
		isOpen: closedAt === undefined,
	};
}

/** Esc takes none of the options; without any key seen (a recording of output alone) it was the cursor's one. */
function chosenIndex({ dialog, answer }: OpenDialog): number | undefined {
	if (answer === undefined) return dialog.selected;
	return answer.option === "dismissed" ? undefined : answer.option;
}
