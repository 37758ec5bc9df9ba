import type { CellStyle, Row } from "./frame.ts";

/** What a row of Claude Code's screen can be. The kinds are code; what they look like is data. */
export const LOOK_KINDS = [
	"rule",
	"frame-top",
	"frame-row",
	"frame-bottom",
	"box-prompt",
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
	"dialog-title",
	"dialog-hint",
	"interrupted",
	"stopped",
	"rejected",
	"failed",
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
	readonly fg?: "set" | "default" | "coloured";
	readonly bold?: boolean;
	readonly dim?: boolean;
}

/** One way a thing can look, with the versions it was seen in. */
export interface LookPattern {
	readonly id: string;
	readonly kind: LookKind;
	readonly regex: RegExp;
	/** Background of the first column. */
	readonly fill?: "set" | "default";
	readonly lead?: StyleRule;
	readonly next?: StyleRule;
}

/** Everything known about how one program looks. */
export interface Look {
	readonly id: string;
	readonly patterns: Readonly<Record<LookKind, readonly LookPattern[]>>;
	/** The screen's word for a tool → Claude Code's own name. */
	readonly toolNames: Readonly<Record<string, string>>;
	readonly memory: RowMemory;
	/** Options of the command line that take the next word as their value. */
	readonly valueOptions: readonly string[];
}

export interface LookMatch {
	readonly pattern: string;
	readonly groups: Readonly<Record<string, string | undefined>>;
}

/**
 * The first pattern of a kind that fits the row, or nothing. Rows keep their identity from frame to frame, so each is
 * matched once however often it is looked at.
 */
export function matchRow(look: Look, kind: LookKind, row: Row): LookMatch | undefined {
	let known = look.memory.get(row);
	if (known === undefined) {
		known = new Array<LookMatch | undefined>(LOOK_KINDS.length).fill(undefined);
		look.memory.set(row, known);
	}
	const place = PLACES[kind];
	const before = known[place];
	if (before !== undefined) return before === NO_MATCH ? undefined : before;
	const match = findMatch(look, kind, row);
	known[place] = match ?? NO_MATCH;
	return match;
}

/** What is known of rows seen, by the kind's place: it lives as long as the rows do. */
export type RowMemory = WeakMap<Row, (LookMatch | undefined)[]>;

const PLACES: Readonly<Record<LookKind, number>> = placesOf(LOOK_KINDS);

function placesOf<K extends string>(kinds: readonly K[]): Readonly<Record<K, number>> {
	const places: Partial<Record<K, number>> = {};
	for (const [place, kind] of kinds.entries()) places[kind] = place;
	return places as Record<K, number>;
}

const NO_MATCH: LookMatch = { pattern: "", groups: {} };

function findMatch(look: Look, kind: LookKind, row: Row): LookMatch | undefined {
	for (const pattern of look.patterns[kind]) {
		if (!fitsStyle(pattern, row)) continue;
		const match = pattern.regex.exec(row.text);
		if (match !== null) return { pattern: pattern.id, groups: match.groups ?? {} };
	}
	return undefined;
}

/** The same for bare text, where style has no say. */
export function matchText(look: Look, kind: LookKind, text: string): LookMatch | undefined {
	for (const pattern of look.patterns[kind]) {
		const match = pattern.regex.exec(text);
		if (match !== null) return { pattern: pattern.id, groups: match.groups ?? {} };
	}
	return undefined;
}

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
