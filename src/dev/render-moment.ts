/** One frame for the eye: the screen in a box, beside each row what claimed it, below what was made of it. Pure. */
import type { Frame, Row } from "../core/frame.ts";
import type { Look } from "../core/look.ts";
import type { Item, Turn } from "../core/turn.ts";
import { type ExplainedRow, type Explanation, explainFrame } from "../turns/explain.ts";
import { splitRegions } from "../turns/regions.ts";
import type { Moment } from "./play-case.ts";

export interface Place {
	/** From 1. */
	readonly number: number;
	readonly of: number;
}

export function renderMoment(look: Look, { frame, turns }: Moment, place: Place): string {
	const explanation = explainFrame(look, frame);
	const rows = explanation.rows.map((each) => `│${padded(each.row, frame.cols)}│ ${labelOf(each)}`.trimEnd());
	const edge = "─".repeat(frame.cols);
	return [
		headline(frame, place),
		`┌${edge}┐`,
		...rows,
		`└${edge}┘`,
		...bottomLines(look, frame),
		...turns.flatMap(turnLines),
		"",
	].join("\n");
}

/** One line a row: the pattern that claimed it, or `·`, then the row. */
export function renderExplanation(look: Look, frame: Frame, place: Place): string {
	const explanation = explainFrame(look, frame);
	const width = Math.max(...explanation.rows.map((row) => patternOf(row).length), 1);
	const rows = explanation.rows.map((each) =>
		`${each.region.padEnd(REGION_COLUMNS)} ${patternOf(each).padEnd(width)} │${each.row.text}`.trimEnd(),
	);
	return [headline(frame, place), ...rows, summaryOf(explanation), ""].join("\n");
}

const REGION_COLUMNS = "conversation".length;

function summaryOf({ conversation, bottom }: Explanation): string {
	const { rows, unclaimed } = conversation;
	const share = rows === 0 ? 0 : Math.round((unclaimed / rows) * 100);
	return `${unclaimed} of ${rows} lines of the conversation unclaimed (${share} %); at the bottom: ${bottom}`;
}

function headline(frame: Frame, { number, of }: Place): string {
	const signs = [frame.renderer, frame.wiped ? "wiped" : "", frame.resized ? "resized" : ""].filter(
		(sign) => sign !== "",
	);
	const off = frame.scrolled.length === 0 ? "" : `, ${frame.scrolled.length} rows scrolled off`;
	const at = (frame.at / 1000).toFixed(3);
	return `frame ${number} of ${of} at ${at} s, ${frame.cols}x${frame.rows.length}, ${signs.join(", ")}${off}`;
}

function patternOf({ row, pattern, isContinued }: ExplainedRow): string {
	if (pattern === undefined) return row.text.trim() === "" ? "" : "·";
	return isContinued ? `↳ ${pattern}` : pattern;
}

function labelOf(row: ExplainedRow): string {
	const pattern = patternOf(row);
	return pattern === "" ? "" : `${row.region} ${pattern}`;
}

/** `Row.width` counts columns, so wide characters keep the box straight. */
function padded(row: Row, cols: number): string {
	return row.text + " ".repeat(Math.max(0, cols - row.width));
}

function bottomLines(look: Look, frame: Frame): readonly string[] {
	const { bottom, isBusy, queued, isScrolledAway } = splitRegions(look, frame);
	const lines = [`bottom: ${bottom.kind}${isBusy ? ", busy" : ""}${isScrolledAway ? ", scrolled away" : ""}`];
	if (bottom.kind === "box" && bottom.draft !== undefined)
		lines.push(`draft: ${JSON.stringify(bottom.draft.text)}`);
	if (bottom.kind === "dialog") {
		const { question, options, selected, subject } = bottom.dialog;
		lines.push(`dialog: ${JSON.stringify({ question, subject, options, selected })}`);
	}
	return [...lines, ...queued.map((text) => `waiting: ${JSON.stringify(text)}`)];
}

function turnLines(turn: Turn): readonly string[] {
	const head = `turn ${turn.seq}, ${turn.status}: ${turn.prompt.kind} ${JSON.stringify(turn.prompt.text)}`;
	return [head, ...turn.items.map((item) => `    ${itemLine(item)}`)];
}

const SHOWN_CHARACTERS = 120;

function itemLine(item: Item): string {
	const { kind, source: _source, confidence: _confidence, ...facts } = item;
	const text = JSON.stringify("text" in facts ? facts.text : facts);
	return `${kind} ${text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text}`;
}
