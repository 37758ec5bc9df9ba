/** What a terminal, a shell and a pipe can do to a command. */
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Fault } from "../fault.ts";
import { COLS, ROWS } from "../sit.ts";
import {
	eventually,
	notesOf,
	pause,
	processOf,
	type Sitting,
	type Stage,
	signal,
	type Who,
} from "../stage.ts";

const GROUP = "terminal";
const A_SECOND = 1000;
const STEP_MS = 5;
/** A thousand a second. */
const RESIZES_A_STEP = 5;

async function storm(stage: Stage): Promise<void> {
	const { random, pairs } = stage;
	const until = performance.now() + A_SECOND;
	while (performance.now() < until) {
		for (let made = 0; made < RESIZES_A_STEP; made += 1)
			resizeAll(stage, random.between(30, 200), random.between(5, 60));
		await pause(STEP_MS);
	}
	resizeAll(stage, COLS, ROWS);
	await Promise.all(pairs.map(({ wrapped }) => processOf(wrapped, "command")));
}

function resizeAll({ pairs }: Stage, cols: number, rows: number): void {
	for (const { bare, wrapped } of pairs) for (const { viewer } of [bare, wrapped]) viewer.resize(cols, rows);
}

/** Stopped, a moment at the shell, `fg`. */
async function suspend(stage: Stage, sitting: Sitting, stop: (sitting: Sitting) => unknown): Promise<void> {
	await eventually(() => notesOf(sitting).began);
	await stop(sitting);
	const stopped = await eventually(
		() => existsSync(join(sitting.folder, "stopped")) || hasEnded(sitting) || undefined,
		10_000,
	);
	if (stopped === undefined) stage.problems.push("the shell does not come back");
	await pause(stage.random.between(50, 400));
	writeFileSync(join(sitting.folder, "continue"), "");
}

function hasEnded(sitting: Sitting): boolean {
	return notesOf(sitting).ended !== undefined;
}

async function suspendAll(
	stage: Stage,
	how: { readonly bare: (sitting: Sitting) => unknown; readonly wrapped: (sitting: Sitting) => unknown },
): Promise<void> {
	await Promise.all(
		stage.pairs.flatMap(({ bare, wrapped }) => [
			suspend(stage, bare, how.bare),
			suspend(stage, wrapped, how.wrapped),
		]),
	);
}

const pressKey = ({ viewer }: Sitting) => viewer.type("\u001a");
const stopFromOutside = (who: Who) => async (sitting: Sitting) =>
	signal(await processOf(sitting, who), "SIGSTOP");

/** A closed output itself is not among them: Node opens it as /dev/null, so that writing succeeds (docs/known-limitations.md). */
const CLOSED = [
	"2>&-",
	">/dev/null",
	"2>/dev/null",
	">/dev/null 2>&1",
	"</dev/null >/dev/null",
	"<&- >/dev/null 2>&-",
];
/** With these the output is still a terminal: ctrace stands aside, and says so. */
const CLOSED_INPUTS = ["<&-", "</dev/null"];

export const TERMINALS: readonly Fault[] = [
	{
		name: "resize-storm",
		group: GROUP,
		what: "the window changes its size a thousand times in a second",
		runs: { brief: 3, full: 15 },
		strike: storm,
	},
	{
		name: "suspended",
		group: GROUP,
		what: "the job is suspended with Ctrl-Z and continued with `fg`",
		runs: { brief: 4, full: 20 },
		strike: (stage) => suspendAll(stage, { bare: pressKey, wrapped: pressKey }),
	},
	{
		name: "wrapper-stopped",
		isShownCooked: true,
		group: GROUP,
		what: "the wrapper is stopped and continued from outside",
		runs: { brief: 3, full: 15 },
		strike: (stage) =>
			suspendAll(stage, { bare: stopFromOutside("command"), wrapped: stopFromOutside("wrapper") }),
	},
	{
		name: "closed-descriptors",
		group: GROUP,
		what: "output and error output go nowhere or are closed, with or without the input",
		runs: { brief: 3, full: 10 },
		scene: (random) => ({ lines: 20, suffix: random.pick(CLOSED) }),
	},
	{
		name: "closed-input",
		group: GROUP,
		what: "the input alone is closed, or empty",
		runs: { brief: 2, full: 4 },
		record: "said",
		scene: (random) => ({ lines: 20, suffix: random.pick(CLOSED_INPUTS) }),
	},
	{
		name: "broken-pipe",
		group: GROUP,
		what: "who reads its output leaves in the middle (EPIPE)",
		runs: { brief: 3, full: 15 },
		scene: (random) => ({ lines: 40, suffix: `| head -n ${random.between(1, 30)}` }),
	},
];
