/**
 * Saves turns by difference: a turn that grows is saved every second, and then only its last items cost anything.
 * A row keeps its id as long as the item keeps its place.
 */
import type Database from "better-sqlite3";
import type { Clock } from "../core/clock.ts";
import type { IdMaker } from "../core/ids.ts";
import type { Turn } from "../core/turn.ts";
import {
	ITEM_COLUMNS,
	type ItemCells,
	type ItemRow,
	isSameItem,
	itemCells,
	promptCells,
} from "./item-rows.ts";
import { createSearchIndex, isSameText } from "./search-index.ts";
import { isSameTurn, TURN_COLUMNS, type TurnCells, type TurnRow, turnCells } from "./turn-rows.ts";

export interface TurnWriter {
	save(sessionKey: number, turn: Turn): void;
	remove(sessionKey: number, seq: number): void;
	removeAll(sessionKey: number): void;
}

interface Tools {
	readonly clock: Clock;
	readonly ids: IdMaker;
}

export function createTurnWriter(db: Database.Database, tools: Tools): TurnWriter {
	const turns = turnStatements(db);
	const items = createItemWriter(db, tools.ids);
	return {
		save: (sessionKey, turn) => {
			const cells = turnCells(turn);
			const old = turns.find.get(sessionKey, turn.seq);
			const texts = [promptCells(turn.prompt), ...turn.items.map(itemCells)];
			if (old === undefined) {
				const key = turns.insert.run({
					...cells,
					id: tools.ids(),
					session_key: sessionKey,
					seq: turn.seq,
					now: tools.clock.now(),
				}).lastInsertRowid;
				items.replace(Number(key), texts);
				return;
			}
			const areItemsChanged = items.replace(old.key, texts);
			if (areItemsChanged || !isSameTurn(old, cells))
				turns.update.run({ ...cells, key: old.key, now: tools.clock.now() });
		},
		remove: (sessionKey, seq) => {
			const old = turns.find.get(sessionKey, seq);
			if (old === undefined) return;
			items.replace(old.key, []);
			turns.delete.run(old.key);
		},
		removeAll: (sessionKey) => {
			for (const { key } of turns.all.all(sessionKey)) {
				items.replace(key, []);
				turns.delete.run(key);
			}
		},
	};
}

function turnStatements(db: Database.Database) {
	const columns = TURN_COLUMNS.join(", ");
	const values = TURN_COLUMNS.map((column) => `@${column}`).join(", ");
	const changes = TURN_COLUMNS.map((column) => `${column} = @${column}`).join(", ");
	return {
		find: db.prepare<[number, number], TurnRow>("SELECT * FROM turns WHERE session_key = ? AND seq = ?"),
		all: db.prepare<[number], { key: number }>("SELECT key FROM turns WHERE session_key = ?"),
		insert: db.prepare<[TurnCells & { id: string; session_key: number; seq: number; now: number }]>(
			`INSERT INTO turns (id, session_key, seq, revision, updated_at, ${columns})
			VALUES (@id, @session_key, @seq, 1, @now, ${values})`,
		),
		update: db.prepare<[TurnCells & { key: number; now: number }]>(
			`UPDATE turns SET revision = revision + 1, updated_at = @now, ${changes} WHERE key = @key`,
		),
		delete: db.prepare<[number]>("DELETE FROM turns WHERE key = ?"),
	};
}

interface ItemWriter {
	/** Makes the turn's rows equal to `wanted`; says whether anything had to change. */
	replace(turnKey: number, wanted: readonly ItemCells[]): boolean;
}

function createItemWriter(db: Database.Database, ids: IdMaker): ItemWriter {
	const index = createSearchIndex(db);
	const rows = itemStatements(db);
	const add = (turnKey: number, position: number, item: ItemCells) => {
		const result = rows.insert.run({ ...item, id: ids(), turn_key: turnKey, position });
		index.add(Number(result.lastInsertRowid), item);
	};
	const change = (old: ItemRow, item: ItemCells) => {
		if (!isSameText(old, item)) {
			index.remove(old.key, old);
			index.add(old.key, item);
		}
		rows.update.run({ ...item, key: old.key });
	};
	const drop = (old: ItemRow) => {
		index.remove(old.key, old);
		rows.delete.run(old.key);
	};
	return {
		replace: (turnKey, wanted) => {
			const existing = rows.all.all(turnKey);
			let isChanged = existing.length !== wanted.length;
			for (const [position, item] of wanted.entries()) {
				const old = existing[position];
				if (old !== undefined && isSameItem(old, item)) continue;
				isChanged = true;
				if (old === undefined) add(turnKey, position, item);
				else change(old, item);
			}
			existing.slice(wanted.length).forEach(drop);
			return isChanged;
		},
	};
}

function itemStatements(db: Database.Database) {
	const columns = ITEM_COLUMNS.join(", ");
	const values = ITEM_COLUMNS.map((column) => `@${column}`).join(", ");
	const changes = ITEM_COLUMNS.map((column) => `${column} = @${column}`).join(", ");
	return {
		all: db.prepare<[number], ItemRow>("SELECT * FROM items WHERE turn_key = ? ORDER BY position"),
		insert: db.prepare<[ItemCells & { id: string; turn_key: number; position: number }]>(
			`INSERT INTO items (id, turn_key, position, ${columns}) VALUES (@id, @turn_key, @position, ${values})`,
		),
		update: db.prepare<[ItemCells & { key: number }]>(`UPDATE items SET ${changes} WHERE key = @key`),
		delete: db.prepare<[number]>("DELETE FROM items WHERE key = ?"),
	};
}
