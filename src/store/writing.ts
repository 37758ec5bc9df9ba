/** Every write of the store goes through here: a transaction of its own, a part of the one that is open, or of a bulk. */
import type Database from "better-sqlite3";
import type { Clock } from "../core/clock.ts";
import { type Bulk, beginBulk } from "./bulk.ts";
import type { SearchIndex } from "./search-index.ts";
import type { BulkWork } from "./store.ts";

export interface Writing {
	readonly write: <T>(work: () => T) => T;
	readonly beginBulk: () => BulkWork;
}

export interface WritingTools {
	readonly clock: Clock;
	readonly guard: <T>(work: () => T) => T;
	readonly index: SearchIndex;
}

export function createWriting(db: Database.Database, { clock, guard, index }: WritingTools): Writing {
	let bulk: Bulk | undefined;
	let isWriting = false;
	return {
		// Inside a transaction its rows are part of it: a savepoint a row would cost more than the row.
		write: (work) => {
			if (isWriting) return guard(work);
			isWriting = true;
			try {
				return guard(() => (bulk === undefined ? writeAlone(db, index, work) : bulk.write(work)));
			} finally {
				isWriting = false;
			}
		},
		beginBulk: () => {
			const begun = guard(() => beginBulk(db, { clock, index }));
			bulk = begun;
			return {
				afterCommit: begun.afterCommit,
				[Symbol.dispose]: () => {
					bulk = undefined;
					guard(() => begun[Symbol.dispose]());
				},
			};
		},
	};
}

function writeAlone<T>(db: Database.Database, index: SearchIndex, work: () => T): T {
	const inTransaction = () => {
		const result = work();
		index.apply();
		return result;
	};
	try {
		return db.transaction(inTransaction).immediate();
	} finally {
		index.forget(0);
	}
}
