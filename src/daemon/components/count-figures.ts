import { existsSync } from "node:fs";
import { setImmediate as letOthersRun } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { refreshFigures } from "../../insights/refresh-figures.ts";
import { loadMeasureMarks } from "../../patterns/load-measure-marks.ts";
import type { Work } from "../component.ts";
import { openDaemonStore } from "../open-daemon-store.ts";

const MEASURES = fileURLToPath(new URL("../patterns/measures.yml", import.meta.url));

/** In small transactions: nobody who writes has to wait. */
export const countFigures: Work = async ({ config, signal }) => {
	const path = config.paths.database;
	if (!existsSync(path)) return { counts: {} };
	using store = openDaemonStore(config);
	let counted = 0;
	for (const { done } of refreshFigures(store.figures, loadMeasureMarks(MEASURES))) {
		counted = done;
		if (signal.aborted) break;
		await letOthersRun(); // a word from the daemon is heard between two
	}
	return { counts: { counted }, queue: store.figures.countStale() };
};
