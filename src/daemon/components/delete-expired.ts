import { existsSync } from "node:fs";
import { setImmediate as letOthersRun } from "node:timers/promises";
import * as z from "zod";
import type { SyncStore } from "../../store/sync-store.ts";
import type { Work } from "../component.ts";
import { openDaemonStore } from "../open-daemon-store.ts";
import { planRetention, type RetentionMark } from "./plan-retention.ts";

/** As `ctrace sessions delete` does: to the last byte, and at the project as well with the next sync. */
export const deleteExpired: Work = async ({ config, signal, log }) => {
	const { retentionDays: days, paths } = config;
	if (days === undefined || !existsSync(paths.database)) return { counts: {} };
	const clock = { now: () => Date.now() };
	using store = openDaemonStore(config);
	const { expired, mark } = planRetention(store.listSessions(), {
		days,
		now: clock.now(),
		last: readMark(store.sync),
	});
	let deleted = 0;
	for (const session of expired) {
		if (signal.aborted) break;
		store.deleteSession(session);
		log("info", "session-expired", { session });
		deleted += 1;
		await letOthersRun(); // a word from the daemon is heard between two
	}
	const queue = expired.length - deleted;
	if (queue === 0) store.sync.writeState(MARK, JSON.stringify(mark));
	return { counts: { deleted }, queue };
};

const MARK = "retention";
const markSchema = z.object({ days: z.number(), before: z.number() });

function readMark(store: SyncStore): RetentionMark | undefined {
	const text = store.readState(MARK);
	return text === undefined ? undefined : markSchema.parse(JSON.parse(text));
}
