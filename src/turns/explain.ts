/**
 * Why a frame is read as it is: for every row of the screen, where it lies and which pattern claimed it. For the person
 * who teaches a new look; the reading itself goes its own way through the same functions.
 */
import type { Frame, Row } from "../core/frame.ts";
import { type Look, type LookKind, matchRow } from "../core/look.ts";
import { unframe } from "./drawn-frame.ts";
import { findBox } from "./input-box.ts";
import { ownersOf, type RowOwner } from "./read-entries.ts";
import { type Bottom, splitRegions } from "./regions.ts";
import { isBlank } from "./rows.ts";

export type Region = "conversation" | "status" | "box" | "dialog" | "overlay";

export interface ExplainedRow {
	readonly row: Row;
	readonly region: Region;
	/** Id of the pattern that claimed the row; absent where none did. */
	readonly pattern?: string;
	/** The row goes on with what the pattern found above. */
	readonly isContinued: boolean;
}

export interface Explanation {
	readonly rows: readonly ExplainedRow[];
	readonly bottom: Bottom["kind"];
	/** Rows of the conversation that are not blank, and how many of them no pattern claimed. */
	readonly conversation: { readonly rows: number; readonly unclaimed: number };
}

export function explainFrame(look: Look, frame: Frame): Explanation {
	const visible: Frame = { ...frame, scrolled: [] };
	const regions = splitRegions(look, visible);
	const owners = ownersOf(look, regions.conversation);
	const places = placesIn(visible.rows, regions.conversation);
	const end = places.findLastIndex((place) => place !== undefined) + 1;
	const edge = findBox(look, visible)?.top ?? edgeBelow(look, frame, end);
	const rows = frame.rows.map((row, y): ExplainedRow => {
		const place = places[y];
		if (place !== undefined) return inConversation(row, owners[place], row.isWrapped);
		return atTheBottom(look, row, y < end || y < edge ? "status" : regionOf(regions.bottom.kind));
	});
	const said = rows.filter(({ region, row }) => region === "conversation" && !isBlank(row));
	const unclaimed = said.filter(({ pattern }) => pattern === undefined).length;
	return { rows, bottom: regions.bottom.kind, conversation: { rows: said.length, unclaimed } };
}

/** For each row of the screen its index in the conversation, where rows that the terminal wrapped are one. */
function placesIn(rows: readonly Row[], conversation: readonly Row[]): readonly (number | undefined)[] {
	let next = 0;
	let isInside = false;
	return rows.map((row) => {
		if (isInside && row.isWrapped) return next - 1;
		const wanted = conversation[next];
		isInside =
			wanted !== undefined && (wanted === row || (row.text !== "" && wanted.text.startsWith(row.text)));
		return isInside ? next++ : undefined;
	});
}

function edgeBelow(look: Look, frame: Frame, from: number): number {
	const edge = frame.rows.findIndex(
		(row, y) => y >= from && EDGES.some((kind) => matchRow(look, kind, row) !== undefined),
	);
	return edge < 0 ? frame.rows.length : edge;
}

const EDGES: readonly LookKind[] = ["rule", "frame-top", "frame-bottom"];

function regionOf(bottom: Bottom["kind"]): Furnished {
	return bottom === "none" ? "status" : bottom;
}

function inConversation(row: Row, owner: RowOwner | undefined, isWrapped: boolean): ExplainedRow {
	const isClaimed = owner !== undefined && owner.kind !== "unknown" && !isBlank(row);
	return {
		row,
		region: "conversation",
		...(isClaimed ? { pattern: owner.pattern } : {}),
		isContinued: isClaimed && (!owner.isFirst || isWrapped),
	};
}

type Furnished = Exclude<Region, "conversation">;

/** What is looked for in each region, the surest first. */
const FURNITURE: Readonly<Record<Furnished, readonly LookKind[]>> = {
	status: ["scrolled-away", "spinner", "busy", "queued", "aside", "menu", "rule"],
	box: [...EDGES, "box-prompt", "draft-placeholder", "busy", "aside", "dialog-hint"],
	dialog: [...EDGES, "option", "question", "dialog-title", "dialog-hint"],
	overlay: [...EDGES, "option", "question", "dialog-title", "dialog-hint", "busy", "box-prompt"],
};

function atTheBottom(look: Look, row: Row, region: Furnished): ExplainedRow {
	const inner = unframe(look, row);
	for (const kind of isBlank(row) ? [] : FURNITURE[region]) {
		const match = matchRow(look, kind, row) ?? matchRow(look, kind, inner);
		if (match !== undefined) return { row, region, pattern: match.pattern, isContinued: false };
	}
	return { row, region, isContinued: false };
}
