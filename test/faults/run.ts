/**
 * `npm run test:faults`: a scripted command under the built ctrace at a real terminal, and everything that can go wrong, each
 * at moments that a seed decides. `--full` runs each fault more often, `--write` makes docs/reliability.md of it, `--only`
 * keeps to some faults, `--seed` (or CTRACE_SEED) repeats a run.
 *
 * Exit codes: 0 every promise was kept; 1 one was not, or a control failed; 2 wrong usage; 3 this system cannot run it.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { FAULTS } from "./catalogue/index.ts";
import { controlsHold } from "./controls.ts";
import type { Fault } from "./fault.ts";
import { type Options, readOptions } from "./options.ts";
import { writePage } from "./page-file.ts";
import { play } from "./play.ts";
import { addUp, judge, type Outcome, type Row } from "./tally.ts";
import { makeTools, type Tools } from "./tools.ts";

const EXIT = { kept: 0, broken: 1, usage: 2, unavailable: 3 } as const;
const repository = process.env.CTRACE_REPOSITORY ?? process.cwd();

process.exitCode = await main();

async function main(): Promise<number> {
	const options = optionsOrUsage();
	if (options === undefined) return EXIT.usage;
	if (process.platform !== "linux") {
		console.error("NOT RUN: the faults are made with what Linux has (/proc, LD_PRELOAD, prlimit, tmpfs).");
		return EXIT.unavailable;
	}
	console.log(`seed ${options.seed} (CTRACE_SEED=${options.seed} tries the same again)`);
	const tools = makeTools(repository);
	try {
		const areProven = await controlsHold(tools, options.seed);
		const rows = await runAll(options, tools);
		for (const row of rows) console.log(lineOf(row));
		if (options.isWritten) writePage(repository, rows, options);
		const failed = rows.reduce((sum, row) => sum + row.failed, 0);
		console.log(summaryOf(rows));
		return failed === 0 && areProven ? EXIT.kept : EXIT.broken;
	} finally {
		tools.remove();
	}
}

function optionsOrUsage(): Options | undefined {
	try {
		const options = readOptions(process.argv.slice(2), process.env, Date.now());
		const unknown = options.only.filter((name) => FAULTS.every((fault) => fault.name !== name));
		if (unknown.length > 0) throw new TypeError(`no fault is called ${unknown.join(", ")}`);
		if (!existsSync(join(repository, "dist", "recorder.js")))
			throw new TypeError("npm run build comes first");
		return options;
	} catch (error) {
		if (!(error instanceof TypeError)) throw error;
		console.error(
			`${error.message}\nusage: npm run test:faults -- [--full] [--only FAULT,…] [--runs N] [--seed N] [--lanes N] [--minutes N] [--write]`,
		);
		console.error(FAULTS.map(({ name, what }) => `  ${name.padEnd(24)}${what}`).join("\n"));
		return undefined;
	}
}

interface Job {
	readonly fault: Fault;
	readonly index: number;
}

async function runAll(options: Options, tools: Tools): Promise<Row[]> {
	const wanted = FAULTS.filter(({ name }) => options.only.length === 0 || options.only.includes(name));
	const possible = wanted.filter((fault) => whyNot(fault) === undefined);
	const jobs = inTurns(possible, options);
	const runs: { readonly job: Job; outcome: Outcome }[] = [];
	const until = Date.now() + options.minutes * 60_000;
	const next = (queue: Job[]) => (Date.now() < until ? queue.shift() : undefined);
	const work = async (queue: Job[]) => {
		for (let job = next(queue); job !== undefined; job = next(queue))
			runs.push({ job, outcome: await runOnce(job, options, tools) });
	};
	const [together, alone] = [
		jobs.filter(({ fault }) => fault.isAlone !== true),
		jobs.filter(({ fault }) => fault.isAlone === true),
	];
	await Promise.all(Array.from({ length: options.lanes }, () => work(together)));
	await work(alone);
	for (const run of runs)
		if (isSlowOnly(run.outcome, run.job.fault)) {
			console.log(`Too slow beside others; by itself: ${run.job.fault.name} ${run.job.index + 1}`);
			run.outcome = await runOnce(run.job, options, tools);
		}
	return wanted.map((fault) => {
		const played = runs.filter(({ job }) => job.fault === fault).map(({ outcome }) => outcome);
		const skipped = whyNot(fault) ?? (played.length === 0 ? "no time was left" : undefined);
		const row = addUp(fault, played);
		return skipped === undefined ? row : { ...row, skipped };
	});
}

/** The lanes share a machine, which a promise of time cannot know: neither of a delay, nor of the second until it is recorded. */
function isSlowOnly({ problems }: Outcome, { record }: Fault): boolean {
	const timed = record === "until-the-fault" ? ["time", "record"] : ["time"];
	return problems.length > 0 && problems.every(({ check }) => timed.includes(check));
}

/** The first run of each fault, then the second: what waits does not wait at the end alone. */
function inTurns(faults: readonly Fault[], { runs, size }: Options): Job[] {
	const jobs = faults.flatMap((fault) =>
		Array.from({ length: runs ?? fault.runs[size] }, (_, index) => ({ fault, index })),
	);
	return jobs.sort((a, b) => a.index - b.index);
}

function whyNot({ needs }: Fault): string | undefined {
	return needs === "root" && process.getuid?.() !== 0 ? "only root may mount a disk" : undefined;
}

async function runOnce({ fault, index }: Job, options: Options, tools: Tools): Promise<Outcome> {
	const seed = seedOf(options.seed, fault.name, index);
	const startedAt = performance.now();
	const outcome = await play({ fault, seed, tools, size: options.size }).then(
		(played) => judge(fault, played),
		(error: unknown) => fallen(error),
	);
	const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
	console.log(
		`${outcome.problems.length === 0 ? "kept  " : "BROKEN"} ${fault.name} ${index + 1} (${seconds} s)`,
	);
	for (const { check, what } of outcome.problems) console.error(`  ${check}: ${what}`);
	return outcome;
}

/** A run that could not be played proves nothing. */
function fallen(error: unknown): Outcome {
	const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
	return {
		problems: [{ check: "harness", what }],
		isLate: false,
		shown: 0,
		recorded: 0,
		marked: 0,
		known: 0,
		lost: 0,
	};
}

/** A fault's runs are the same whatever else is run. */
function seedOf(seed: number, name: string, index: number): number {
	let hash = seed;
	for (const character of name) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) | 0;
	return hash + index * 7919;
}

function lineOf(row: Row): string {
	if (row.skipped !== undefined) return `NOT RUN ${row.fault.name}: ${row.skipped}`;
	const { runs, failed, late, shown, recorded, marked, known, lost } = row;
	return `${row.fault.name.padEnd(24)} ${runs} runs, ${failed} broken, ${late} struck too late; ${shown} lines shown, ${recorded} recorded, ${marked} marked as missing, ${known} after the fault, ${lost} lost`;
}

function summaryOf(rows: readonly Row[]): string {
	const sum = (pick: (row: Row) => number) => rows.reduce((total, row) => total + pick(row), 0);
	const faults = rows.filter(({ skipped }) => skipped === undefined).length;
	return `${sum(({ runs }) => runs)} runs of ${faults} faults: ${sum(({ failed }) => failed)} broken, ${sum(({ lost }) => lost)} lines lost.`;
}
