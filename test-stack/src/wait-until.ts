import { setTimeout as wait } from "node:timers/promises";

const EVERY_MS = 10;

/** Asks until it is so. Throws what `complaint` says when the time is over or `isLost` says that it never will be. */
export async function waitUntil(
	isSo: () => Promise<boolean>,
	limits: {
		readonly withinMs: number;
		readonly complaint: () => string;
		readonly isLost?: () => boolean;
	},
): Promise<void> {
	const end = Date.now() + limits.withinMs;
	while (!(await isSo().catch(() => false))) {
		if (Date.now() > end || limits.isLost?.() === true) throw new Error(limits.complaint());
		await wait(EVERY_MS);
	}
}
