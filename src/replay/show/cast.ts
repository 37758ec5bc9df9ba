/**
 * A recording as an asciicast: version 3 (docs.asciinema.org, "asciicast v3": intervals between events), or version 2 for
 * players that do not know it (times since the start). Text, colours and attributes; a marker at the beginning of each turn.
 */
import type { Picture, PictureRow } from "../../core/picture.ts";
import type { Moment } from "../../core/recording.ts";
import { drawRow, RESET } from "./ansi.ts";
import { GAP_WORDS } from "./gap-words.ts";

export type CastVersion = 2 | 3;

export interface CastFacts {
	readonly version: CastVersion;
	/** Milliseconds since the Unix epoch. */
	readonly startedAt: number;
	readonly title?: string;
	/** When turns began, in milliseconds since the session started, in order. */
	readonly markers: readonly { readonly at: number; readonly label: string }[];
}

const ESC = "\u001b[";
const USUAL = { cols: 80, rows: 24 } as const;

/** Its lines, each with its newline. */
export function* castLines(moments: Iterable<Moment>, facts: CastFacts): Generator<string> {
	const writer = new EventLines(facts.version);
	const markers = [...facts.markers];
	let before: Picture | undefined;
	for (const moment of moments) {
		const isFirst = writer.isEmpty;
		if (isFirst) yield header(moment, facts);
		for (let next = markers[0]; next !== undefined && next.at <= moment.at; next = markers[0]) {
			markers.shift();
			yield writer.line(Math.max(next.at, writer.at ?? moment.at), "m", next.label);
		}
		const picture = moment.kind === "picture" ? moment.picture : undefined;
		if (picture !== undefined && !isFirst && !isSameSize(before, picture))
			yield writer.line(moment.at, "r", `${picture.cols}x${picture.rows.length}`);
		yield writer.line(moment.at, "o", draw(before, moment));
		before = picture;
	}
	for (const { at, label } of markers) yield writer.line(Math.max(at, writer.at ?? at), "m", label);
}

function header(first: Moment, { version, startedAt, title }: CastFacts): string {
	const size =
		first.kind === "picture" ? { cols: first.picture.cols, rows: first.picture.rows.length } : USUAL;
	const facts = {
		timestamp: Math.floor(startedAt / 1000),
		...(title === undefined ? {} : { title }),
	};
	const head =
		version === 3
			? { version, term: { ...size, type: "xterm-256color" }, ...facts }
			: { version, width: size.cols, height: size.rows, ...facts, env: { TERM: "xterm-256color" } };
	return `${JSON.stringify(head)}\n`;
}

class EventLines {
	readonly #version: CastVersion;
	#first: number | undefined;
	#at: number | undefined;

	constructor(version: CastVersion) {
		this.#version = version;
	}

	get isEmpty(): boolean {
		return this.#at === undefined;
	}

	get at(): number | undefined {
		return this.#at;
	}

	line(at: number, code: "o" | "m" | "r", data: string): string {
		this.#first ??= at;
		const from = this.#version === 3 ? (this.#at ?? at) : this.#first;
		this.#at = at;
		return `${JSON.stringify([(at - from) / 1000, code, data])}\n`;
	}
}

function isSameSize(a: Picture | undefined, b: Picture): boolean {
	return a !== undefined && a.cols === b.cols && a.rows.length === b.rows.length;
}

/** What turns the picture before into this one. */
function draw(before: Picture | undefined, moment: Moment): string {
	if (moment.kind === "gap") return `${ESC}?25l${RESET}${ESC}2J${ESC}H${GAP_WORDS[moment.reason]}`;
	const { picture } = moment;
	const isSame = before !== undefined && isSameSize(before, picture);
	const rows = picture.rows.flatMap((row, y) =>
		isSame && row === before.rows[y] ? [] : [drawAt(row, y, picture.cols)],
	);
	const { x, y, visible } = picture.cursor;
	const cursor = visible ? `${ESC}${y + 1};${Math.min(x, picture.cols - 1) + 1}H${ESC}?25h` : `${ESC}?25l`;
	return `${isSame ? "" : `${RESET}${ESC}2J`}${rows.join("")}${cursor}`;
}

function drawAt(row: PictureRow, y: number, columns: number): string {
	return `${ESC}${y + 1};1H${RESET}${ESC}2K${drawRow(row, columns)}`;
}
