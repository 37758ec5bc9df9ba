/** Brings the figures up to date: every session that changed since it was last measured is measured again. */
import type { MeasureMarks } from "../core/measure-marks.ts";
import type { FigureStore } from "../store/figures/figures.ts";
import { measureSession } from "./measure/measure-session.ts";

/** Few enough for a transaction that keeps no other writer waiting. */
const SESSIONS_AT_ONCE = 25;

export interface RefreshProgress {
	readonly done: number;
	readonly total: number;
}

/** Measures in small transactions and lets others work in between; stops between two of them when cancelled. */
export function* refreshFigures(figures: FigureStore, marks: MeasureMarks): Generator<RefreshProgress> {
	const total = figures.countStale();
	let done = 0;
	while (done < total) {
		const measured = figures.refresh(SESSIONS_AT_ONCE, (stored, responses) =>
			measureSession(stored, responses, marks),
		);
		if (measured === 0) return;
		done += measured;
		yield { done, total };
	}
}
