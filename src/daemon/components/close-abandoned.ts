import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { isRecordedProcessAlive } from "../../config/boot.ts";
import { createIdMaker } from "../../core/ids.ts";
import { openStore } from "../../store/open-store.ts";
import type { Work } from "../component.ts";
import { MACHINE } from "../machine.ts";

/** Marks what runs without a recorder as lost. No sessions yet is no reason to make a database. */
export const closeAbandoned: Work = ({ config, log }) => {
	const path = config.paths.database;
	if (!existsSync(path)) return { counts: { closed: 0 } };
	const clock = { now: () => Date.now() };
	using store = openStore({ path, clock, ids: createIdMaker(clock, (count) => randomBytes(count)) });
	const closed = store.closeAbandoned((pid, bootId) => isRecordedProcessAlive({ pid, bootId }, MACHINE));
	for (const session of closed) log("info", "session-lost", { session });
	return { counts: { closed: closed.length } };
};
