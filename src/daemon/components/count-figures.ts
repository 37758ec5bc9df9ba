import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { setImmediate as letOthersRun } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createIdMaker } from "../../core/ids.ts";
import { refreshFigures } from "../../insights/refresh-figures.ts";
import { loadMeasureMarks } from "../../patterns/load-measure-marks.ts";
import { openStore } from "../../store/open-store.ts";
import type { Work } from "../component.ts";

const MEASURES = fileURLToPath(new URL("../patterns/measures.yml", import.meta.url));

/** In small transactions: nobody who writes has to wait. */
export const countFigures: Work = async ({ config, signal }) => {
	const path = config.paths.database;
	if (!existsSync(path)) return { counts: {} };
	const clock = { now: () => Date.now() };
	using store = openStore({ path, clock, ids: createIdMaker(clock, (count) => randomBytes(count)) });
	let counted = 0;
	for (const { done } of refreshFigures(store.figures, loadMeasureMarks(MEASURES))) {
		counted = done;
		if (signal.aborted) break;
		await letOthersRun(); // a word from the daemon is heard between two
	}
	return { counts: { counted }, queue: store.figures.countStale() };
};
