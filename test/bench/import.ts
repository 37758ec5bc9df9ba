/**
 * `npm run bench:import [-- MEGABYTES]`: an invented past into a store of its own, in this process. Prints megabytes a
 * second of processor time, whole and by stage, and the most memory that was held.
 */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Masked } from "../../src/core/masked.ts";
import { findTranscripts } from "../../src/import/transcripts/find-transcripts.ts";
import { importTranscripts } from "../../src/import/transcripts/import-transcripts.ts";
import { openStages, type Stages } from "../../src/recorder/open-session.ts";
import { type Corpus, writeCorpus } from "./transcript-corpus.ts";

const BAR_MB_PER_S = 25;
const LOOK_EVERY = 10;
const megabytes = Number(process.argv[2] ?? 200);
const root = process.env.CTRACE_REPOSITORY ?? process.cwd();

const corpus = makeCorpus(join(root, ".cache", "bench", `past-${megabytes}`), megabytes * 1e6);
const work = mkdtempSync(join(tmpdir(), "ctrace-bench-import-"));
try {
	await measure();
} finally {
	rmSync(work, { recursive: true, force: true });
}

async function measure(): Promise<void> {
	const clock = { now: () => Date.now() };
	const stages = openStages({
		paths: {
			privacy: join(work, "privacy.yml"),
			state: join(work, "state"),
			database: join(work, "ctrace.db"),
		},
		patterns: join(root, "patterns"),
		env: {},
		clock,
		randomBytes: (count) => randomBytes(count),
		privacyMode: undefined,
		projectDir: work,
	});
	const spent = { masking: 0, store: 0 };
	let mostBytes = 0;
	let looks = 0;
	const began = cpu();
	const beganAt = performance.now();
	const found = findTranscripts([corpus.directory]);
	await importTranscripts(found.groups, {
		stages: timed(stages, spent),
		recorder: { pid: process.pid },
		home: "/home/ada",
		pause: () => async () => {
			// Looking costs a millisecond: not after each half megabyte.
			if (++looks % LOOK_EVERY === 0) mostBytes = Math.max(mostBytes, process.memoryUsage.rss());
		},
		onOutcome: () => undefined,
	});
	const whole = cpu() - began;
	// Stages are timed by the clock, and are given their share of the processor's time.
	const share = whole / (performance.now() - beganAt);
	for (const stage of ["masking", "store"] as const) spent[stage] *= share;
	stages.store.close();
	const mb = corpus.bytes / 1e6;
	const rate = (ms: number) => `${(mb / (ms / 1000)).toFixed(1)} MB/s`.padStart(12);
	console.log(
		`${mb.toFixed(0)} MB in ${corpus.files} files, ${(whole / 1000).toFixed(1)} s of processor time`,
	);
	console.log(`whole       ${rate(whole)}   bar ${BAR_MB_PER_S} MB/s`);
	console.log(`  masking   ${rate(spent.masking)}`);
	console.log(`  store     ${rate(spent.store)}   writing and indexing`);
	console.log(`  reading   ${rate(whole - spent.masking - spent.store)}   and all the rest`);
	console.log(`memory      ${(mostBytes / 1e6).toFixed(0)} MB at most`);
	process.exitCode = mb / (whole / 1000) >= BAR_MB_PER_S ? 0 : 1;
}

/** The same stages, with the time counted that masking and storing take. */
function timed(stages: Stages, spent: { masking: number; store: number }): Stages {
	const { masker, store } = stages;
	let depth = 0;
	const count = <T>(what: keyof typeof spent, work: () => T): T => {
		const began = depth === 0 ? performance.now() : 0;
		depth += 1;
		try {
			return work();
		} finally {
			depth -= 1;
			if (depth === 0) spent[what] += performance.now() - began;
		}
	};
	return {
		...stages,
		masker: { ...masker, mask: <T>(value: T) => count("masking", () => masker.mask<T>(value)) },
		store: { ...store, transaction: <T>(act: () => T) => count("store", () => store.transaction(act)) },
	} satisfies Stages & { masker: { mask: <T>(value: T) => { value: Masked<T> } } };
}

/** Milliseconds of processor time, the collector's threads included. */
function cpu(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
}

function makeCorpus(directory: string, bytes: number): Corpus & { readonly directory: string } {
	const facts = join(directory, "corpus.json");
	if (!existsSync(facts)) {
		mkdirSync(directory, { recursive: true });
		writeFileSync(facts, JSON.stringify(writeCorpus(directory, bytes)));
	}
	return { ...(JSON.parse(readFileSync(facts, "utf8")) as Corpus), directory };
}
