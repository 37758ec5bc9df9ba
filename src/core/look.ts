import { codeAt } from "./characters.ts";
import type { CellStyle, Row } from "./frame.ts";
import { PaintedRow } from "./painted-row.ts";

/** What a row of Claude Code's screen can be. The kinds are code; what they look like is data. */
export const LOOK_KINDS = [
	"rule",
	"frame-top",
	"frame-row",
	"frame-bottom",
	"box-prompt",
	"box-more",
	"prompt",
	"grey-prompt",
	"bash-prompt",
	"memory-prompt",
	"bullet",
	"tool",
	"blinking-tool",
	"group",
	"group-hint",
	"agent-branch",
	"result",
	"side-result",
	"strange-result",
	"thinking",
	"turn-end",
	"spinner",
	"busy",
	"queued",
	"queue-note",
	"aside",
	"menu",
	"banner",
	"notice",
	"agent-notice",
	"api-error",
	"draft-placeholder",
	"option",
	"question",
	"question-tabs",
	"dialog-title",
	"dialog-hint",
	"interrupted",
	"stopped",
	"rejected",
	"failed",
	"failed-calls",
	"pending-result",
	"omitted-lines",
	"version",
	"session-id",
	"scrolled-away",
] as const;

export type LookKind = (typeof LOOK_KINDS)[number];

/** A condition on how a cell is painted; what is absent does not matter. */
export interface StyleRule {
	/** `coloured`: set, and neither the theme's brightest white nor black. */
	readonly fg?: "set" | "default" | "coloured" | undefined;
	readonly bold?: boolean | undefined;
	readonly dim?: boolean | undefined;
}

/** One way a thing can look, with the versions it was seen in. */
export interface LookPattern {
	readonly id: string;
	readonly kind: LookKind;
	readonly regex: RegExp;
	/** What a match holds, if that is known: where it is missing the expression need not be tried. */
	readonly contains: string | undefined;
	/** The characters a match can begin with, if that is known. */
	readonly firsts: string | undefined;
	/** Background of the first column. */
	readonly fill: "set" | "default" | undefined;
	readonly lead: StyleRule | undefined;
	readonly next: StyleRule | undefined;
}

/** Everything known about how one program looks. */
export interface Look {
	readonly id: string;
	readonly patterns: Readonly<Record<LookKind, readonly LookPattern[]>>;
	/** The screen's word for a tool → Claude Code's own name. */
	readonly toolNames: Readonly<Record<string, string>>;
	/** Kinds that a text with this first character (its code unit; −1: the empty text) can be. */
	readonly kindsByFirst: ReadonlyMap<number, KindSet>;
	/** Kinds that a text with any other can be. */
	readonly otherKinds: KindSet;
	/** Options of the command line that take the next word as their value. */
	readonly valueOptions: readonly string[];
}

export interface LookMatch {
	readonly pattern: string;
	/** The group of this name, which most patterns have, and behind it that of the name `more`. */
	readonly text: string | undefined;
	readonly groups: Readonly<Record<string, string | undefined>>;
}

/** Which kinds, a bit for each place in `LOOK_KINDS`. */
export interface KindSet {
	readonly low: number;
	readonly high: number;
}

/**
 * The first pattern of a kind that fits the row, or nothing. Rows keep their identity from frame to frame, so each is
 * matched once however often it is looked at.
 */
export function matchRow(look: Look, kind: LookKind, row: Row): LookMatch | undefined {
	return rowReading(look, row).match(kind, row);
}

/** What is known of a row, read with one look. */
export function rowReading(look: Look, row: Row): RowReading {
	const known = PaintedRow.readingOf(row);
	if (known instanceof RowReading && known.look === look) return known;
	const reading = new RowReading(look, row);
	PaintedRow.keepReading(row, reading);
	return reading;
}

export class RowReading {
	readonly look: Look;
	/** Room for what a later stage makes of the row. */
	further: unknown = undefined;
	/** Kinds that it may be and that were not asked for yet. */
	#openLow: number;
	#openHigh: number;
	/** Places of the kinds that it is, and how. */
	#places: number[] | undefined = undefined;
	#matches: LookMatch[] | undefined = undefined;

	constructor(look: Look, row: Row) {
		const { text } = row;
		const first = text === "" ? -1 : codeAt(text, 0);
		const kinds = look.kindsByFirst.get(first) ?? look.otherKinds;
		this.look = look;
		this.#openLow = kinds.low;
		this.#openHigh = kinds.high;
	}

	match(kind: LookKind, row: Row): LookMatch | undefined {
		const place = PLACES[kind];
		const bit = 1 << (place & 31);
		if (((place < 32 ? this.#openLow : this.#openHigh) & bit) !== 0) return this.#find(place, kind, row);
		return this.#places === undefined ? undefined : this.#known(place);
	}

	#known(place: number): LookMatch | undefined {
		const at = this.#places?.indexOf(place) ?? -1;
		return at < 0 ? undefined : this.#matches?.[at];
	}

	#find(place: number, kind: LookKind, row: Row): LookMatch | undefined {
		const bit = 1 << (place & 31);
		if (place < 32) this.#openLow &= ~bit;
		else this.#openHigh &= ~bit;
		const match = findMatch(this.look, kind, row);
		if (match === undefined) return undefined;
		this.#places ??= [];
		this.#places.push(place);
		this.#matches ??= [];
		this.#matches.push(match);
		return match;
	}
}

const PLACES: Readonly<Record<LookKind, number>> = placesOf(LOOK_KINDS);

function placesOf<K extends string>(kinds: readonly K[]): Readonly<Record<K, number>> {
	const places: Partial<Record<K, number>> = {};
	for (const [place, kind] of kinds.entries()) places[kind] = place;
	return places as Record<K, number>;
}

/** The kinds that fit, as a set. */
export function kindSet(fits: (kind: LookKind) => boolean): KindSet {
	let [low, high] = [0, 0];
	for (const [place, kind] of LOOK_KINDS.entries()) {
		if (!fits(kind)) continue;
		if (place < 32) low |= 1 << place;
		else high |= 1 << (place & 31);
	}
	return { low, high };
}

function findMatch(look: Look, kind: LookKind, row: Row): LookMatch | undefined {
	for (const pattern of look.patterns[kind]) {
		const match = fitsStyle(pattern, row) ? applied(pattern, row.text) : undefined;
		if (match !== undefined) return match;
	}
	return undefined;
}

/** The same for bare text, where style has no say. */
export function matchText(look: Look, kind: LookKind, text: string): LookMatch | undefined {
	for (const pattern of look.patterns[kind]) {
		const match = applied(pattern, text);
		if (match !== undefined) return match;
	}
	return undefined;
}

function applied(pattern: LookPattern, text: string): LookMatch | undefined {
	const { contains, firsts } = pattern;
	if (firsts !== undefined && (text === "" || !firsts.includes(String.fromCharCode(codeAt(text, 0))))) {
		return undefined;
	}
	if (contains !== undefined && !text.includes(contains)) return undefined;
	const match = pattern.regex.exec(text);
	if (match === null) return undefined;
	const groups = match.groups ?? NO_GROUPS;
	return {
		pattern: pattern.id,
		text: groups.more === undefined ? groups.text : `${groups.text ?? ""}${groups.more}`,
		groups,
	};
}

const NO_GROUPS: Readonly<Record<string, string | undefined>> = {};

function fitsStyle(pattern: LookPattern, row: Row): boolean {
	if (pattern.fill !== undefined && (row.fill === undefined) === (pattern.fill === "set")) return false;
	return fitsCell(pattern.lead, row.lead) && fitsCell(pattern.next, row.next);
}

function fitsCell(rule: StyleRule | undefined, style: CellStyle | undefined): boolean {
	if (rule === undefined) return true;
	if (style === undefined) return false;
	if (rule.fg !== undefined && !fitsForeground(rule.fg, style.fg)) return false;
	if (rule.bold !== undefined && style.bold !== rule.bold) return false;
	return rule.dim === undefined || style.dim === rule.dim;
}

/** White and black in true colour, 256 and 16 colours: what themes paint plain text with. */
const PLAIN_FOREGROUNDS: readonly string[] = ["#ffffff", "#000000", "p15", "p231", "p255", "p0", "p16", "p7"];

function fitsForeground(rule: "set" | "default" | "coloured", fg: string | undefined): boolean {
	if (rule === "default") return fg === undefined;
	if (fg === undefined) return false;
	return rule === "set" || !PLAIN_FOREGROUNDS.includes(fg);
}
