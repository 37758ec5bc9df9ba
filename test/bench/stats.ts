/**
 * `npm run bench:stats`: statistics over 10,000 sessions of 20 turns. Prints milliseconds: of the processor, and on the clock.
 * With a folder as second word the sessions are kept there, and not made again: `npm run bench:stats -- 10000 FOLDER`.
 */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { renderReportHtml } from "../../src/cli/render/report.ts";
import { createIdMaker } from "../../src/core/ids.ts";
import { computeFindings } from "../../src/insights/findings/computed-findings.ts";
import { dayOf } from "../../src/insights/measure/calendar.ts";
import { refreshFigures } from "../../src/insights/refresh-figures.ts";
import { projectsBelow, readStatistics } from "../../src/insights/statistics/read-statistics.ts";
import { loadMeasureMarks } from "../../src/patterns/load-measure-marks.ts";
import { openStore } from "../../src/store/open-store.ts";
import { fillStatistics } from "../support/invented-work.ts";

const SESSIONS = Number(process.argv[2] ?? 10_000);
const KEPT = process.argv[3];
const RUNS = 15;
const NOW = Date.UTC(2026, 5, 30, 12);
const BAR_MS = 300;
const LIST_ROWS = 10;

if (KEPT !== undefined) mkdirSync(KEPT, { recursive: true });
const directory = KEPT ?? mkdtempSync(join(tmpdir(), "ctrace-bench-"));
const path = join(directory, "ctrace.db");
const isThere = existsSync(path);
const clock = { now: () => Date.now() };
const ids = createIdMaker(clock, (count) => randomBytes(count));
const store = openStore({ path, clock, ids });
const marks = loadMeasureMarks("patterns/measures.yml");

if (!isThere) {
	const began = performance.now();
	fillStatistics(store, ids, { sessions: SESSIONS, now: NOW });
	say(`filled ${SESSIONS} sessions`, `${((performance.now() - began) / 1000).toFixed(1)} s`);
	const measured = process.cpuUsage();
	for (const _ of refreshFigures(store.figures, marks));
	say("measured for the first time", `${(spent(measured) / SESSIONS).toFixed(2)} ms a session`);
}
say("database", `${(statSync(path).size / 1e6).toFixed(0)} MB`);

const source = { figures: store.figures, marks, noModels: new Set<string>(), limit: LIST_ROWS };
const to = dayOf(NOW);
const ranges = [
	["stats, 30 days", 30],
	["stats --since 7d", 7],
	["stats --since 1 year", 365],
	["stats, all time", 3650],
] as const;
for (const [name, days] of ranges) time(name, () => readStatistics(source, { from: to - days + 1, to }));
const [{ cwd } = { cwd: "" }] = store.figures.projects();
time("stats --project, all time", () =>
	readStatistics(source, { from: 0, to, projects: projectsBelow(store.figures, cwd) }),
);
time("insights --computed, 7 days", () => computeFindings(readStatistics(source, { from: to - 6, to })));
for (const days of [7, 3650])
	time(`report --format html, ${days === 7 ? "7 days" : "all time"}`, () => {
		const statistics = readStatistics(source, { from: to - days + 1, to });
		renderReportHtml({ statistics, findings: computeFindings(statistics), home: "/home/ada" });
	});
store.close();
if (KEPT === undefined) rmSync(directory, { recursive: true });

function time(name: string, work: () => unknown): void {
	const runs = Array.from({ length: RUNS }, () => {
		const [start, used] = [performance.now(), process.cpuUsage()];
		work();
		return { clock: performance.now() - start, processor: spent(used) };
	});
	const of = (kind: "clock" | "processor") => runs.map((run) => run[kind]).sort((a, b) => a - b);
	const [processor, clocked] = [of("processor"), of("clock")];
	const ms = (value: number | undefined) => `${(value ?? 0).toFixed(0)} ms`;
	const middle = Math.floor(RUNS / 2);
	say(
		name,
		`processor ${ms(processor[middle])}, on the clock least ${ms(clocked[0])}, median ${ms(clocked[middle])} (bar ${BAR_MS} ms)`,
	);
}

function spent(since: NodeJS.CpuUsage): number {
	const { user, system } = process.cpuUsage(since);
	return (user + system) / 1000;
}

function say(name: string, figure: string): void {
	process.stdout.write(`${name.padEnd(34)}${figure}\n`);
}
