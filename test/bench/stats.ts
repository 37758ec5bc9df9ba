/** `npm run bench:stats`: statistics over 10,000 sessions of 20 turns. Prints milliseconds. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createIdMaker } from "../../src/core/ids.ts";
import { dayOf } from "../../src/insights/measure/calendar.ts";
import { refreshFigures } from "../../src/insights/refresh-figures.ts";
import { readStatistics } from "../../src/insights/statistics/read-statistics.ts";
import { loadMeasureMarks } from "../../src/patterns/load-measure-marks.ts";
import { openStore } from "../../src/store/open-store.ts";
import { fillStatistics } from "../support/invented-work.ts";

const SESSIONS = Number(process.argv[2] ?? 10_000);
const RUNS = 15;
const NOW = Date.UTC(2026, 5, 30, 12);

const directory = mkdtempSync(join(tmpdir(), "ctrace-bench-"));
const path = join(directory, "ctrace.db");
const clock = { now: () => Date.now() };
const ids = createIdMaker(clock, (count) => randomBytes(count));
const store = openStore({ path, clock, ids });
const marks = loadMeasureMarks("patterns/measures.yml");

const began = performance.now();
fillStatistics(store, ids, { sessions: SESSIONS, now: NOW });
say(`filled ${SESSIONS} sessions`, `${((performance.now() - began) / 1000).toFixed(1)} s`);
const measured = performance.now();
for (const _ of refreshFigures(store.figures, marks));
const perSession = (performance.now() - measured) / SESSIONS;
say("measured for the first time", `${perSession.toFixed(2)} ms a session`);
say("database", `${(statSync(path).size / 1e6).toFixed(0)} MB`);
const source = { figures: store.figures, marks, noModels: new Set<string>(), limit: 10 };
for (const days of [7, 30, 365, 3650]) {
	const to = dayOf(NOW);
	time(`statistics of ${days} days`, () => readStatistics(source, { from: to - days + 1, to }), 300);
}
store.close();
rmSync(directory, { recursive: true });

function time(name: string, work: () => unknown, bar: number): void {
	const times = Array.from({ length: RUNS }, () => {
		const start = performance.now();
		work();
		return performance.now() - start;
	}).sort((a, b) => a - b);
	const [median = 0, most = 0] = [times[Math.floor(RUNS / 2)], times.at(-1)];
	say(name, `median ${median.toFixed(0)} ms, at most ${most.toFixed(0)} ms (bar ${bar} ms)`);
}

function say(name: string, figure: string): void {
	process.stdout.write(`${name.padEnd(30)}${figure}\n`);
}
