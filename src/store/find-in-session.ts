/** Finds a text in one session, as it is written and whatever its case. */
import type Database from "better-sqlite3";
import type { Turn } from "../core/turn.ts";
import type { FoundPlace } from "./browse-store.ts";
import { flatItems, itemCells, promptCells } from "./item-rows.ts";
import type { HighlightRange, SearchedKind, Snippet } from "./store.ts";

/** What stands on either side of the first match. */
const AROUND_CHARS = 80;

interface FoundRow {
	readonly seq: number;
	readonly position: number;
	readonly kind: SearchedKind;
	readonly name: string | null;
	readonly body: string | null;
	readonly input: string | null;
	readonly output: string | null;
}

export function findInSession(
	db: Database.Database,
	key: number,
	{ text, limit }: { readonly text: string; readonly limit: number },
): FoundPlace[] {
	const wanted = text.toLowerCase();
	const rows = db
		.prepare<[number], FoundRow>(
			`SELECT t.seq, i.position, i.kind, i.name, i.body, i.input, i.output
			FROM turns t JOIN items i ON i.turn_key = t.key WHERE t.session_key = ? ORDER BY t.seq, i.position`,
		)
		.iterate(key);
	const places: FoundPlace[] = [];
	for (const row of rows) {
		places.push(...placesOf(row, wanted));
		if (places.length >= limit) break;
	}
	return places.slice(0, limit);
}

/** The same in turns that do not stand in this database. Pure. */
export function findInTurns(turns: readonly Turn[], text: string, limit: number): FoundPlace[] {
	const wanted = text.toLowerCase();
	const places = turns.flatMap(({ seq, prompt, items }) =>
		[promptCells(prompt), ...[...flatItems(items)].map(([item, depth]) => itemCells(item, depth))].flatMap(
			(cells, position) => placesOf({ ...cells, seq, position }, wanted),
		),
	);
	return places.slice(0, limit);
}

function placesOf(row: FoundRow, wanted: string): FoundPlace[] {
	const texts: readonly (readonly [FoundPlace["place"], string | null])[] = [
		[row.kind === "prompt" ? "prompt" : "text", row.body],
		["name", row.name],
		["input", row.input],
		["output", row.output],
	];
	return texts.flatMap(([place, text]) => {
		const starts = text === null ? [] : startsOf(text, wanted);
		const [first] = starts;
		if (text === null || first === undefined) return [];
		const snippet = snippetAround(text, first, { starts, length: wanted.length });
		return [{ turnSeq: row.seq, position: row.position, place, matches: starts.length, snippet }];
	});
}

/** A text whose lower case has another length is searched as it is: its places could not be told otherwise. */
function startsOf(text: string, wanted: string): number[] {
	const lower = text.toLowerCase();
	const searched = lower.length === text.length ? lower : text;
	const starts: number[] = [];
	for (let at = searched.indexOf(wanted); at >= 0; at = searched.indexOf(wanted, at + wanted.length))
		starts.push(at);
	return starts;
}

function snippetAround(
	text: string,
	first: number,
	found: { readonly starts: readonly number[]; readonly length: number },
): Snippet {
	const from = wholeCharacter(text, Math.max(0, first - AROUND_CHARS));
	const to = wholeCharacter(text, Math.min(text.length, first + found.length + AROUND_CHARS));
	const lead = from > 0 ? "…" : "";
	const highlights = found.starts
		.filter((start) => start + found.length <= to)
		.map((start): HighlightRange => [start - from + lead.length, start - from + lead.length + found.length]);
	// One line of the same length: every blank becomes a space.
	const line = text.slice(from, to).replace(/\s/g, " ");
	return { text: `${lead}${line}${to < text.length ? "…" : ""}`, highlights };
}

function wholeCharacter(text: string, at: number): number {
	const unit = text.charCodeAt(at);
	return unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at;
}
