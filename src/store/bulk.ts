/** Settings for work that writes much. What is committed stays consistent; the end of the work makes it durable. */
import type Database from "better-sqlite3";

/** The pages of a batch stay in memory until they are written once. */
const CACHE_KIB = 64 * 1024;
const USUAL_CACHE_KIB = 2 * 1024;

export function beginBulk(db: Database.Database): Disposable {
	db.pragma(`cache_size = -${CACHE_KIB}`);
	db.pragma("synchronous = NORMAL");
	return {
		[Symbol.dispose]: () => {
			if (!db.open) return;
			db.pragma("synchronous = FULL");
			db.pragma(`cache_size = -${USUAL_CACHE_KIB}`);
		},
	};
}
