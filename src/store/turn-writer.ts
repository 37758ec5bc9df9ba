/**
 * Saves turns by difference: a turn that grows is saved every second, and then only what grew is written. Its words
 * go into the index once, when it has settled.
 * A row keeps its id as long as the item keeps its place.
 */
import type Database from "better-sqlite3";
import type { Clock } from "../core/clock.ts";
import type { IdMaker } from "../core/ids.ts";
import type { Turn } from "../core/turn.ts";
import {
	flatItems,
	ITEM_COLUMNS,
	type ItemCells,
	type ItemRow,
	isSameItem,
	itemCells,
	promptCells,
} from "./item-rows.ts";
import { isSameText, type SearchIndex } from "./search-index.ts";
import { isSameTurn, TURN_COLUMNS, type TurnCells, type TurnRow, turnCells } from "./turn-rows.ts";

export interface TurnWriter {
	/** `anchor` is kept once it is known. */
	save(sessionKey: number, turn: Turn, anchor?: string): void;
	remove(sessionKey: number, seq: number): void;
	removeAll(sessionKey: number): void;
	/** Makes the turns of a session whose recorder vanished searchable to the last word. */
	settleAll(sessionKey: number): void;
}

/** An item as it shall be stored. What grows every second is not indexed every second. */
interface WantedItem {
	readonly item: ItemCells;
	readonly isGrowing: boolean;
}

interface Tools {
	readonly clock: Clock;
	readonly ids: IdMaker;
	readonly index: SearchIndex;
}

export function createTurnWriter(db: Database.Database, tools: Tools): TurnWriter {
	const turns = turnStatements(db);
	const items = createItemWriter(db, tools);
	return {
		save: (sessionKey, turn, anchor) => {
			const cells = turnCells(turn);
			const old = turns.find.get(sessionKey, turn.seq);
			const texts = wantedItems(turn);
			if (old === undefined) {
				const { tools: calls, errors, permissions } = countsOf(turn);
				const own = [tools.ids(), sessionKey, turn.seq, tools.clock.now(), anchor ?? null];
				const values = TURN_COLUMNS.map((column) => cells[column]);
				const key = turns.insert.run([...own, calls, errors, permissions, ...values]).lastInsertRowid;
				items.insert(Number(key), texts);
				return;
			}
			const areItemsChanged = items.replace(old.key, texts);
			if (areItemsChanged || !isSameTurn(old, cells))
				turns.update.run({ ...cells, ...countsOf(turn), key: old.key, now: tools.clock.now() });
			if (anchor !== undefined && anchor !== old.anchor) turns.anchor.run(anchor, old.key);
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
		settleAll: (sessionKey) => {
			for (const { key } of turns.all.all(sessionKey)) items.settle(key);
		},
	};
}

/** What an outline tells of a turn without reading its items; what subagents did included. */
interface TurnCounts {
	readonly tools: number;
	readonly errors: number;
	readonly permissions: number;
}

function countsOf(turn: Turn): TurnCounts {
	const counts = { tools: 0, errors: 0, permissions: 0 };
	for (const [item] of flatItems(turn.items)) {
		if (item.kind === "permission") counts.permissions += 1;
		if (item.kind !== "tool") continue;
		counts.tools += 1;
		if (item.status === "error") counts.errors += 1;
	}
	return counts;
}

/** In a running turn the last item grows, and so does a tool that still runs. */
function wantedItems(turn: Turn): WantedItem[] {
	const isRunning = turn.status === "running";
	const flat = [...flatItems(turn.items)];
	const last = flat.length - 1;
	const items = flat.map(([item, depth], position) => ({
		item: itemCells(item, depth),
		isGrowing: isRunning && (position === last || (item.kind === "tool" && item.status === "running")),
	}));
	return [{ item: promptCells(turn.prompt), isGrowing: false }, ...items];
}

function turnStatements(db: Database.Database) {
	const columns = TURN_COLUMNS.join(", ");
	const values = TURN_COLUMNS.map(() => "?").join(", ");
	const changes = TURN_COLUMNS.map((column) => `${column} = @${column}`).join(", ");
	return {
		find: db.prepare<[number, number], TurnRow>("SELECT * FROM turns WHERE session_key = ? AND seq = ?"),
		all: db.prepare<[number], { key: number }>("SELECT key FROM turns WHERE session_key = ?"),
		// By their places: finding each value by its name takes as long as writing the row.
		insert: db.prepare<[unknown[]]>(
			`INSERT INTO turns (revision, id, session_key, seq, updated_at, anchor, tools, errors, permissions, ${columns})
			VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ${values})`,
		),
		anchor: db.prepare<[string, number]>("UPDATE turns SET anchor = ? WHERE key = ?"),
		update: db.prepare<[TurnCells & TurnCounts & { key: number; now: number }]>(
			`UPDATE turns SET revision = revision + 1, updated_at = @now, tools = @tools, errors = @errors, permissions = @permissions,
				${changes} WHERE key = @key`,
		),
		delete: db.prepare<[number]>("DELETE FROM turns WHERE key = ?"),
	};
}

interface ItemWriter {
	/** Of a turn that has no rows yet. */
	insert(turnKey: number, wanted: readonly WantedItem[]): void;
	/** Makes the turn's rows equal to `wanted`; says whether anything had to change. */
	replace(turnKey: number, wanted: readonly WantedItem[]): boolean;
	/** Indexes what was still growing when its writer vanished. */
	settle(turnKey: number): void;
}

function createItemWriter(db: Database.Database, { ids, index }: Pick<Tools, "ids" | "index">): ItemWriter {
	const rows = itemStatements(db);
	const add = (turnKey: number, position: number, { item, isGrowing }: WantedItem) => {
		const is_indexed = isGrowing ? 0 : 1;
		const values = ITEM_COLUMNS.map((column) => item[column]);
		const result = rows.insert.run([ids(), turnKey, position, is_indexed, ...values]);
		if (!isGrowing) index.add(Number(result.lastInsertRowid), item);
	};
	const change = (old: ItemRow, { item, isGrowing }: WantedItem) => {
		const isKept = old.is_indexed === 1 && !isGrowing && isSameText(old, item);
		if (old.is_indexed === 1 && !isKept) index.remove(old.key, old);
		if (!isGrowing && !isKept) index.add(old.key, item);
		rows.update.run({ ...item, key: old.key, is_indexed: isGrowing ? 0 : 1 });
	};
	const drop = (old: ItemRow) => {
		if (old.is_indexed === 1) index.remove(old.key, old);
		rows.delete.run(old.key);
	};
	return {
		insert: (turnKey, wanted) => {
			for (const [position, want] of wanted.entries()) add(turnKey, position, want);
		},
		replace: (turnKey, wanted) => {
			const existing = rows.all.all(turnKey);
			let isChanged = existing.length !== wanted.length;
			for (const [position, want] of wanted.entries()) {
				const old = existing[position];
				const isSame = old !== undefined && isSameItem(old, want.item);
				if (isSame && (want.isGrowing || old.is_indexed === 1)) continue;
				isChanged ||= !isSame;
				if (old === undefined) add(turnKey, position, want);
				else change(old, want);
			}
			existing.slice(wanted.length).forEach(drop);
			return isChanged;
		},
		settle: (turnKey) => {
			for (const old of rows.all.all(turnKey))
				if (old.is_indexed === 0) change(old, { item: old, isGrowing: false });
		},
	};
}

function itemStatements(db: Database.Database) {
	const columns = ITEM_COLUMNS.join(", ");
	const values = ITEM_COLUMNS.map(() => "?").join(", ");
	const changes = ITEM_COLUMNS.map((column) => `${column} = @${column}`).join(", ");
	return {
		all: db.prepare<[number], ItemRow>("SELECT * FROM items WHERE turn_key = ? ORDER BY position"),
		insert: db.prepare<[unknown[]]>(
			`INSERT INTO items (id, turn_key, position, is_indexed, ${columns}) VALUES (?, ?, ?, ?, ${values})`,
		),
		update: db.prepare<[ItemCells & { key: number; is_indexed: 0 | 1 }]>(
			`UPDATE items SET is_indexed = @is_indexed, ${changes} WHERE key = @key`,
		),
		delete: db.prepare<[number]>("DELETE FROM items WHERE key = ?"),
	};
}
