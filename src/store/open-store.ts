/** The store's composition: one open database, and what may be done with it. */
import type Database from "better-sqlite3";
import type { Clock } from "../core/clock.ts";
import type { IdMaker } from "../core/ids.ts";
import { createBackupStore } from "./backup-rows.ts";
import { createBrowseStore } from "./browse.ts";
import { openDatabase } from "./database-file.ts";
import { rememberDeleted } from "./deleted-conversations.ts";
import type { FindKey } from "./encryption/database-key.ts";
import { createFigureStore, forgetFigures } from "./figures/open-figures.ts";
import { checkHealth, checkSpace, recognitionByVersion } from "./health.ts";
import { findImport, forgetImports, noteImport } from "./imports.ts";
import { createInsightStore, forgetReading } from "./insight-rows.ts";
import type { ItemRow } from "./item-rows.ts";
import { createSyncStore } from "./open-sync.ts";
import { createRecordingStore, forgetRecording } from "./recording-rows.ts";
import { createSearch } from "./search.ts";
import { createSearchIndex, type SearchIndex } from "./search-index.ts";
import { searchMarks } from "./search-marks.ts";
import { type SessionRow, toRecorder, toSession } from "./session-rows.ts";
import {
	closeAbandonedRows,
	findSessionId,
	insertSession,
	listSessionRows,
	patchSession,
	readSessionRow,
} from "./session-table.ts";
import type { Store, StoredSession } from "./store.ts";
import { guardStore } from "./store-errors.ts";
import { createStoredTexts, purge } from "./stored-texts.ts";
import { createTranscriptStore, forgetTranscripts } from "./transcript-rows.ts";
import { type TurnRow, toTurn } from "./turn-rows.ts";
import { createTurnWriter, type TurnWriter } from "./turn-writer.ts";
import { readUsageRows } from "./usage-rows.ts";
import { createWriting } from "./writing.ts";

export interface StoreOptions {
	readonly path: string;
	readonly clock: Clock;
	readonly ids: IdMaker;
	/** How long to wait for another writer before `store-busy`. */
	readonly busyTimeoutMs?: number;
	/** Pages of the file that are kept in memory; for who reads much. */
	readonly cacheKib?: number;
	/** Asked for the key where the file is encrypted. */
	readonly findKey?: FindKey;
}

/**
 * Opens the database, creating file (0600) and directory (0700) when there is none, and brings it to the newest schema.
 * Throws `store-foreign`, `store-damaged`, `store-newer` (the file is left untouched), `permission`, `disk-full`.
 */
export function openStore(options: StoreOptions): Store {
	const { path, clock } = options;
	const guard = <T>(work: () => T): T => guardStore(path, work);
	return guard(() => {
		const db = openDatabase(path, options);
		const index = createSearchIndex(db);
		const turns = createTurnWriter(db, { ...options, index });
		const search = createSearch(db);
		const keyOf = keyFinder(db);
		const { write, beginBulk } = createWriting(db, { clock, guard, index });
		const removeSession = (id: string) => removeRows(db, { turns, clock }, id);
		const sync = createSyncStore(db, { turns, clock, read: guard, write, removeSession });
		return {
			path,
			beginSession: (session, recorder) => write(() => insertSession(db, session, { recorder, clock })),
			updateSession: (id, patch) => write(() => patchSession(db, readSessionRow(db, id), { patch, clock })),
			saveTurn: (id, turn, anchor) => write(() => turns.save(keyOf(id), turn, anchor)),
			withdrawTurn: (id, seq) => write(() => turns.remove(keyOf(id), seq)),
			waitAtMost: (ms) => guard(() => void db.pragma(`busy_timeout = ${ms}`)),
			transaction: (work) => write(work),
			listSessions: (filter = {}) => guard(() => listSessionRows(db, filter)),
			findSession: (reference) => guard(() => findSessionId(db, reference)),
			readHead: (id) => guard(() => toSession(readSessionRow(db, id))),
			readSession: (id) => guard(() => db.transaction(() => readStored(db, id))()),
			deleteSession: (id) => {
				write(() => removeSession(id));
				return guard(() => ({ isWiped: wipeLog(db) }));
			},
			search: (words, filter = {}) => guard(() => search(words, filter).found.map(({ hit }) => hit)),
			searchMarks: (words, filter = {}) => guard(() => searchMarks(db, words, filter)),
			closeAbandoned: (isAlive) => write(() => settleAbandoned(db, { isAlive, clock, turns })),
			findImport: (fingerprint) => guard(() => findImport(db, fingerprint)),
			noteImport: (id, fingerprint) => write(() => noteImport(db, { key: keyOf(id), fingerprint, clock })),
			transcripts: createTranscriptStore(db, { clock, keyOf, read: guard, write }),
			readUsage: (query) => guard(() => readUsageRows(db, query)),
			beginBulk,
			...textMethods(db, { clock, index, keyOf, guard, write }),
			recordings: createRecordingStore(db, { path, keyOf, read: guard, write }),
			sync,
			backup: createBackupStore(db, { read: guard, write }),
			insights: createInsightStore(db, { keyOf, now: () => clock.now(), read: guard, write }),
			figures: createFigureStore(db, { read: guard, write, readSession: readerOf(db) }),
			browse: createBrowseStore(db, { guard, search }),
			checkSpace: () => guard(() => checkSpace(db, path)),
			checkHealth: () => guard(() => checkHealth(db, path)),
			recognitionByVersion: () => guard(() => recognitionByVersion(db)),
			...closing(db, guard),
		};
	});
}

function closing(db: Database.Database, guard: <T>(work: () => T) => T): Pick<Store, "close"> & Disposable {
	const close = () => guard(() => void db.close());
	return { close, [Symbol.dispose]: close };
}

/** Throws `not-found`. */
function keyFinder(db: Database.Database): (id: string) => number {
	const keys = db.prepare<[string], { key: number }>("SELECT key FROM sessions WHERE id = ?");
	return (id) => keys.get(id)?.key ?? readSessionRow(db, id).key;
}

interface TextTools {
	readonly clock: Clock;
	readonly index: SearchIndex;
	readonly keyOf: (id: string) => number;
	readonly guard: <T>(work: () => T) => T;
	readonly write: <T>(work: () => T) => T;
}

/** For whoever looks through all that is stored. */
function textMethods(
	db: Database.Database,
	{ clock, index, keyOf, guard, write }: TextTools,
): Pick<Store, "readTexts" | "replaceTexts" | "purge"> {
	const texts = createStoredTexts(db, { clock, index });
	return {
		readTexts: (id) => guard(() => texts.of(id === undefined ? undefined : keyOf(id))),
		replaceTexts: (id, replacements, counts) =>
			write(() => {
				texts.replace(id === undefined ? undefined : keyOf(id), replacements);
				if (id !== undefined) texts.count(keyOf(id), counts);
			}),
		purge: () =>
			guard(() => {
				purge(db);
				return { isWiped: wipeLog(db) };
			}),
	};
}

/** Inside a transaction of the caller's. */
function removeRows(
	db: Database.Database,
	{ turns, clock }: { readonly turns: TurnWriter; readonly clock: Clock },
	id: string,
): void {
	const { key } = readSessionRow(db, id);
	rememberDeleted(db, key, clock.now());
	turns.removeAll(key);
	forgetImports(db, key);
	forgetTranscripts(db, key);
	forgetFigures(db, key);
	forgetReading(db, key);
	forgetRecording(db, key);
	db.prepare("DELETE FROM sessions WHERE key = ?").run(key);
}

function readStored(db: Database.Database, id: string): StoredSession {
	return readRow(db, readSessionRow(db, id));
}

function readerOf(db: Database.Database): (key: number) => StoredSession {
	return (key) => readRow(db, rowOf(db, key));
}

function rowOf(db: Database.Database, key: number): SessionRow {
	const row = db.prepare<[number], SessionRow>("SELECT * FROM sessions WHERE key = ?").get(key);
	if (row === undefined) throw new TypeError("a stale session has its row");
	return row;
}

function readRow(db: Database.Database, row: SessionRow): StoredSession {
	const turns = db
		.prepare<[number], TurnRow>("SELECT * FROM turns WHERE session_key = ? ORDER BY seq")
		.all(row.key);
	const items = db.prepare<[number], ItemRow>("SELECT * FROM items WHERE turn_key = ? ORDER BY position");
	return {
		session: toSession(row),
		turns: turns.map((turn) => toTurn(turn, items.all(turn.key))),
		recorder: toRecorder(row),
	};
}

/**
 * Moves the log into the file and empties it, so that no deleted text stays behind in it.
 * False when a reader still holds old pages: they go with its end.
 */
function wipeLog(db: Database.Database): boolean {
	const [result] = db.pragma("wal_checkpoint(TRUNCATE)") as { busy: number }[];
	return result?.busy === 0;
}

function settleAbandoned(
	db: Database.Database,
	parts: Parameters<typeof closeAbandonedRows>[1] & { readonly turns: TurnWriter },
): string[] {
	const closed = closeAbandonedRows(db, parts);
	for (const { key } of closed) parts.turns.settleAll(key);
	return closed.map(({ id }) => id);
}
