/** Keeps the figures up while the server runs: a few sessions at once, very many piece by piece in the background. */
import { setTimeout as sleep } from "node:timers/promises";
import type { MeasureMarks } from "../../../core/measure-marks.ts";
import { refreshFigures } from "../../../insights/refresh-figures.ts";
import type { FigureStore } from "../../../store/figures/figures.ts";

/** Between two pieces others are answered. */
const PAUSE_MS = 20;

export interface FigureKeeper {
	/** Counts what may be counted at once; gives how many sessions are still to be counted. */
	refresh(): number;
}

export function createFigureKeeper(figures: FigureStore, marks: () => MeasureMarks): FigureKeeper {
	let isCounting = false;
	const countAll = async (pieces: Iterator<unknown>) => {
		isCounting = true;
		try {
			while (pieces.next().done !== true) await sleep(PAUSE_MS, undefined, { ref: false });
		} finally {
			isCounting = false;
		}
	};
	return {
		refresh: () => {
			if (isCounting || figures.countStale() === 0) return figures.countStale();
			const pieces = refreshFigures(figures, marks());
			pieces.next();
			const left = figures.countStale();
			// What fails here fails again at the next question, and is told there.
			if (left > 0) countAll(pieces).catch(() => {});
			return left;
		},
	};
}
