/** Every write of the store goes through here: a transaction of its own, a part of the one that is open, or of a bulk. */
import type Database from "better-sqlite3";
import type { Clock } from "../core/clock.ts";
import { type Bulk, beginBulk } from "./bulk.ts";

export interface Writing {
	readonly write: <T>(work: () => T) => T;
	readonly beginBulk: () => Disposable;
}

export function createWriting(
	db: Database.Database,
	{ clock, guard }: { readonly clock: Clock; readonly guard: <T>(work: () => T) => T },
): Writing {
	let bulk: Bulk | undefined;
	let isWriting = false;
	return {
		// Inside a transaction its rows are part of it: a savepoint a row would cost more than the row.
		write: (work) => {
			if (isWriting) return guard(work);
			isWriting = true;
			try {
				return guard(() => (bulk === undefined ? db.transaction(work).immediate() : bulk.write(work)));
			} finally {
				isWriting = false;
			}
		},
		beginBulk: () => {
			const begun = guard(() => beginBulk(db, clock));
			bulk = begun;
			return {
				[Symbol.dispose]: () => {
					bulk = undefined;
					guard(() => begun[Symbol.dispose]());
				},
			};
		},
	};
}
