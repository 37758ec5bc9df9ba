/** Whether an item's own text holds a phrase: for where the index cannot tell in time. */
import type Database from "better-sqlite3";
import type { ItemCells } from "../item-rows.ts";
import { findMatches } from "../snippet.ts";
import type { Phrase } from "../words.ts";

export function holdsPhrase(db: Database.Database, phrase: Phrase): (key: number) => boolean {
	const read = db.prepare<[number], Pick<ItemCells, "name" | "body" | "input" | "output">>(
		"SELECT name, body, input, output FROM items WHERE key = ?",
	);
	return (key) => {
		const row = read.get(key);
		if (row === undefined) return false;
		const texts = [row.body, `${row.name ?? ""} ${row.input ?? ""}`, row.output];
		return texts.some((text) => text !== null && findMatches(text, [phrase]).length > 0);
	};
}
