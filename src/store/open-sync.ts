/** The part of the store that syncing uses, put together. */
import type Database from "better-sqlite3";
import type { Clock } from "../core/clock.ts";
import { createOutbox } from "./outbox.ts";
import { strike, writePulled } from "./pulled.ts";
import {
	holdLease,
	readShareRules,
	readState,
	releaseLease,
	sessionsOf,
	writeShareRule,
	writeState,
} from "./sync-state.ts";
import type { SyncStore } from "./sync-store.ts";
import type { TurnWriter } from "./turn-writer.ts";

interface Tools {
	readonly turns: TurnWriter;
	readonly clock: Clock;
	readonly read: <T>(work: () => T) => T;
	readonly write: <T>(work: () => T) => T;
	/** Removes a session's rows; inside a transaction of the caller's. */
	readonly removeSession: (sessionId: string) => void;
}

export function createSyncStore(db: Database.Database, tools: Tools): SyncStore {
	const { read, write } = tools;
	const outbox = createOutbox(db, read, write);
	const isThere = (id: string) => db.prepare("SELECT 1 FROM sessions WHERE id = ?").get(id) !== undefined;
	return {
		outbox,
		readState: (name) => read(() => readState(db, name)),
		writeState: (name, value) => write(() => writeState(db, name, value)),
		machineId: () => read(() => readState(db, "machine") ?? ""),
		holdLease: (holder) => write(() => holdLease(db, holder)),
		releaseLease: (holder) => write(() => releaseLease(db, holder)),
		readShareRules: () => read(() => readShareRules(db)),
		setShareRule: (rule, teamId) =>
			write(() => {
				writeShareRule(db, rule, teamId);
				outbox.resend(sessionsOf(db, rule));
			}),
		savePulled: (session) => write(() => writePulled(db, session, tools)),
		removePulled: (sessionId) =>
			write(() => {
				if (!isThere(sessionId)) return false;
				tools.removeSession(sessionId);
				strike(db, sessionId);
				return true;
			}),
	};
}
