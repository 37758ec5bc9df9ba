/** Plays one run of a fault: the stage, the command at its two terminals, the fault at its moment, and what is left. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { makePlace } from "../leaks/place.ts";
import { Random } from "../leaks/random.ts";
import { countSessions, type Facts, gatherFacts } from "./facts.ts";
import type { Fault, Scene } from "./fault.ts";
import { isAlive, processesOf } from "./processes.ts";
import { sit, speakerWords } from "./sit.ts";
import { eventually, type Pair, pause, processOf, type Stage } from "./stage.ts";
import { makeText, type Said } from "./text.ts";
import { copyInstallation, type Tools } from "./tools.ts";
import { prepareTrouble } from "./trouble.ts";
import { monotonic } from "./viewer.ts";
import { Waiting } from "./waiting.ts";

export type Size = "brief" | "full";

/** Three seconds; five where the fault waits for the recorder. */
const LINES = 120;
const LINES_WHEN_RECORDED = 200;
const PAUSE_US = 25_000;
const EARLIEST_MS = 40;
const LATEST_MS = 2400;
/** The recorder takes a while to begin. */
const LATEST_RECORDED_MS = 1500;

/** A whole session, and then some. */
const ENDS_MS = 240_000;
const RECORDED_MS = 20_000;
const RECORDERS_END_MS = 90_000;

export interface Played {
	readonly facts: Facts;
	/** Of the session after the fault, where one was recorded. */
	readonly again: Facts | undefined;
}

export interface PlayOptions {
	readonly fault: Fault;
	readonly seed: number;
	readonly tools: Tools;
	readonly size: Size;
}

export async function play({ fault, seed, tools, size }: PlayOptions): Promise<Played> {
	const random = new Random(seed);
	const stage = setStage({ fault, random, tools, size });
	try {
		const said = await perform(stage, fault);
		const facts = await gatherFacts(stage, said.needles);
		return { facts, again: fault.isRecordedAgain === true ? await playAgain(stage) : undefined };
	} finally {
		for (const undo of stage.undo.reverse()) await undo();
		await removed(stage);
	}
}

function setStage({
	fault,
	random,
	tools,
	size,
}: {
	readonly fault: Fault;
	readonly random: Random;
	readonly tools: Tools;
	readonly size: Size;
}): Stage {
	const place = makePlace(tools.repository);
	const usual: Scene = {
		lines: fault.isWhenRecorded === true ? LINES_WHEN_RECORDED : LINES,
		pauseUs: PAUSE_US,
		momentMs: random.between(EARLIEST_MS, fault.isWhenRecorded === true ? LATEST_RECORDED_MS : LATEST_MS),
		prefix: [],
		suffix: "",
		env: {},
		isOwnCopy: false,
	};
	let installation: string | undefined;
	return {
		place,
		tools,
		random,
		scene: { ...usual, ...fault.scene?.(random, size) },
		pairs: [],
		installation: () => {
			installation ??= copyInstallation(tools.repository, join(place.root, "installation"));
			return installation;
		},
		problems: [],
		afterwards: [],
		atLast: [],
		undo: [],
		waiting: new Waiting(),
	};
}

async function perform(stage: Stage, fault: Fault): Promise<Said> {
	const { random, scene } = stage;
	const env = { ...scene.env, ...(fault.preloads === true ? prepareTrouble(stage) : {}) };
	await fault.arrange?.(stage);
	const said = makeText(random, scene);
	for (let index = 0; index < (fault.wrappers ?? 1); index += 1)
		stage.pairs.push(openPair(stage, { text: said.text, env, index }));
	const ended = Promise.all(
		stage.pairs.flatMap(({ bare, wrapped }) => [bare.viewer.ended, wrapped.viewer.ended]),
	);
	void watchRecorder(stage);
	for (const pair of stage.pairs) void watchWrapper(pair);
	if (fault.strike !== undefined) {
		if (fault.isWhenRecorded === true) await recorded(stage);
		await pause(scene.momentMs);
		stage.struckAt = monotonic();
		await fault.strike(stage);
	}
	await within(ended, ENDS_MS, "a terminal");
	for (const step of stage.afterwards) await step();
	await recordersEnded(stage);
	for (const step of stage.atLast) await step();
	return said;
}

async function watchRecorder({ pairs, waiting }: Stage): Promise<void> {
	const [pair] = pairs;
	const pid = pair === undefined ? undefined : await processOf(pair.wrapped, "recorder");
	if (pid !== undefined) await waiting.watch(pid);
}

async function watchWrapper({ wrapped, waiting }: Pair): Promise<void> {
	const pid = await processOf(wrapped, "wrapper");
	if (pid !== undefined) await waiting.watch(pid);
}

interface Opening {
	readonly text: string;
	/** For ctrace and what it starts. */
	readonly env: Readonly<Record<string, string>>;
	readonly index: number;
}

function openPair(stage: Stage, { text, env, index }: Opening): Pair {
	const [bareName, wrappedName] = [`bare-${index}`, `wrapped-${index}`];
	const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);
	const wrapped = [...ctraceOf(stage), "--", ...speakerWords(stage, wrappedName, text)];
	return {
		waiting: new Waiting(),
		bare: sit(stage, bareName, speakerWords(stage, bareName, text)),
		wrapped: sit(stage, wrappedName, variables.length === 0 ? wrapped : ["env", ...variables, ...wrapped]),
	};
}

/** The built one, or the run's own copy. */
function ctraceOf(stage: Stage): readonly string[] {
	const { scene, place, installation } = stage;
	if (scene.replaces !== undefined) return scene.replaces(stage);
	return scene.isOwnCopy ? [process.execPath, join(installation(), "bin/ctrace.js")] : place.ctrace;
}

/** Waits until the session is in the store; where that never happens, the fault strikes all the same. */
async function recorded(stage: Stage): Promise<void> {
	await eventually(() => (countSessions(stage) > 0 ? true : undefined), RECORDED_MS);
}

const AGAIN: Partial<Scene> = { lines: 12, momentMs: 0, prefix: [], suffix: "", env: {}, isOwnCopy: false };
const NO_FAULT: Fault = {
	name: "none",
	group: "none",
	what: "Nothing goes wrong.",
	runs: { brief: 0, full: 0 },
};

async function playAgain(stage: Stage): Promise<Facts> {
	const next: Stage = {
		...stage,
		scene: { ...stage.scene, ...AGAIN },
		pairs: [],
		problems: [],
		afterwards: [],
	};
	// Folders of the first command are in the way of nothing, and its notes would be taken for those of the second.
	rmSync(stage.place.theirs, { recursive: true, force: true });
	const said = await perform(next, NO_FAULT);
	return gatherFacts(next, said.needles);
}

async function recordersEnded(stage: Stage): Promise<void> {
	const mine = `CTRACE_HOME=${stage.place.ctraceHome}`;
	const over = await eventually(() => (processesOf(mine).length === 0 ? true : undefined), RECORDERS_END_MS);
	if (over !== undefined) return;
	const left = processesOf(mine).filter(isAlive);
	for (const pid of left) process.kill(pid, "SIGKILL");
	stage.problems.push(`${left.length} processes did not come to their end`);
}

async function removed({ place }: Stage): Promise<void> {
	for (const pid of processesOf(`CTRACE_HOME=${place.ctraceHome}`)) process.kill(pid, "SIGKILL");
	if (process.env.CTRACE_KEEP === undefined) place.remove();
	else console.log(`kept: ${place.root}`);
}

async function within<T>(what: Promise<T>, limitMs: number, name: string): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, fail) => {
		timer = setTimeout(() => fail(new Error(`${name} does not end`)), limitMs);
	});
	return Promise.race([what, late]).finally(() => clearTimeout(timer));
}
