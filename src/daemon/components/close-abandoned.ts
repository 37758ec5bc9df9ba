import { existsSync } from "node:fs";
import { isRecordedProcessAlive } from "../../config/boot.ts";
import type { Work } from "../component.ts";
import { MACHINE } from "../machine.ts";
import { openDaemonStore } from "../open-daemon-store.ts";

/** Marks what runs without a recorder as lost. No sessions yet is no reason to make a database. */
export const closeAbandoned: Work = ({ config, log }) => {
	const path = config.paths.database;
	if (!existsSync(path)) return { counts: { closed: 0 } };
	using store = openDaemonStore(config);
	const closed = store.closeAbandoned((pid, bootId) => isRecordedProcessAlive({ pid, bootId }, MACHINE));
	for (const session of closed) log("info", "session-lost", { session });
	return { counts: { closed: closed.length } };
};
