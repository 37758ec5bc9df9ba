/** What a process may be short of, a clock that jumps, and more than anybody expected. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Random } from "../../leaks/random.ts";
import { removeFolder } from "../../support/remove-folder.ts";
import type { Fault, Scene } from "../fault.ts";
import { pause, processOf, type Stage } from "../stage.ts";
import { trouble } from "../trouble.ts";
import { monotonic } from "../viewer.ts";

const GROUP = "limits";
const MIB = 1024 * 1024;
const HOUR_MS = 3600_000;

/** The shell sets a limit for the command, with and without ctrace. */
function limited(option: string, value: number): Partial<Scene> {
	return { prefix: ["sh", "-c", `ulimit ${option} "$0" && exec "$@"`, String(value)] };
}

/** A small program of Node's that starts a command: what does not get as far as this cannot get as far as ctrace. */
const STARTER = 'require("node:child_process").execFileSync("true", { stdio: "inherit" })';

function leastForNode(option: string, candidates: readonly number[]): number {
	const folder = mkdtempSync(join(tmpdir(), "ctrace-least-"));
	const program = join(folder, "starter.cjs");
	writeFileSync(program, STARTER);
	const starts = (value: number) =>
		spawnSync("sh", ["-c", `ulimit ${option} "$0" && exec "$@"`, String(value), process.execPath, program])
			.status === 0;
	try {
		return candidates.find(starts) ?? Number.NaN;
	} finally {
		removeFolder(folder);
	}
}

const range = (from: number, to: number, step: number) =>
	Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);

async function shrink(
	stage: Stage,
	who: "wrapper" | "recorder",
	limit: (pid: number) => string,
): Promise<void> {
	const [pair] = stage.pairs;
	const pid = pair === undefined ? undefined : await processOf(pair.wrapped, who);
	stage.struckAt = monotonic();
	if (pid === undefined) return;
	try {
		execFileSync("prlimit", ["--pid", String(pid), limit(pid)], { stdio: "ignore" });
	} catch {
		// It has just ended.
	}
}

function openFiles(pid: number): number {
	return readdirSync(`/proc/${pid}/fd`).length;
}

/** Several times in a session, in both directions. */
async function jump(stage: Stage): Promise<void> {
	const { random } = stage;
	for (let times = random.between(1, 4); times > 0; times -= 1) {
		trouble(stage, { clockMs: random.between(-10 * HOUR_MS, 10 * HOUR_MS) });
		await pause(random.between(50, 500));
	}
}

const brieferFlood = (brief: number, full: number) => (_: Random, size: "brief" | "full") => ({
	floodBytes: (size === "brief" ? brief : full) * MIB,
});

export const LIMITS: readonly Fault[] = [
	{
		name: "few-files",
		group: GROUP,
		what: "few open files are allowed, from what a program of Node's needs upwards (`ulimit -n`)",
		runs: { brief: 4, full: 20 },
		record: "until-the-fault",
		scene: (random) => limited("-n", random.between(leastForNode("-n", range(8, 40, 1)), 60)),
	},
	{
		name: "no-more-files",
		isWhenRecorded: true,
		group: GROUP,
		what: "no further file may be opened, by the wrapper or by the recorder",
		runs: { brief: 4, full: 20 },
		record: "until-the-fault",
		strike: (stage) =>
			shrink(
				stage,
				stage.random.pick(["wrapper", "recorder"]),
				(pid) => `--nofile=${openFiles(pid)}:${openFiles(pid)}`,
			),
	},
	{
		name: "little-memory",
		group: GROUP,
		what: "little memory for Node's heap (`--max-old-space-size`)",
		runs: { brief: 3, full: 15 },
		record: "until-the-fault",
		scene: (random) => ({ env: { NODE_OPTIONS: `--max-old-space-size=${random.between(8, 64)}` } }),
	},
	{
		name: "little-address-space",
		group: GROUP,
		what: "little memory for a process and its children, from twice what a program of Node's needs upwards (`ulimit -v`)",
		runs: { brief: 3, full: 15 },
		record: "until-the-fault",
		scene: (random) => {
			const least = leastForNode("-v", range(400_000, 4_000_000, 50_000));
			return limited("-v", random.between(2 * least, 3 * least));
		},
	},
	{
		name: "no-more-memory",
		isWhenRecorded: true,
		group: GROUP,
		what: "the recorder gets no more memory",
		runs: { brief: 3, full: 15 },
		record: "until-the-fault",
		strike: (stage) => shrink(stage, "recorder", () => `--as=${64 * MIB}:${64 * MIB}`),
	},
	{
		name: "clock-jumps",
		isWhenRecorded: true,
		group: GROUP,
		what: "the clock jumps by up to ten hours, back and forth",
		runs: { brief: 5, full: 25 },
		preloads: true,
		strike: jump,
	},
	{
		name: "long-line",
		isFlood: true,
		group: GROUP,
		what: "a line of 10 MB",
		runs: { brief: 1, full: 3 },
		isAlone: true,
		scene: () => ({ lines: 40, longLine: 10 * MIB }),
	},
	{
		name: "flood",
		isFlood: true,
		group: GROUP,
		what: "64 MB of output at once; 1 GB in a full run",
		runs: { brief: 1, full: 1 },
		isAlone: true,
		scene: brieferFlood(64, 1024),
	},
	{
		name: "fifty-at-once",
		group: GROUP,
		what: "fifty wrappers at once on one store",
		runs: { brief: 1, full: 2 },
		isAlone: true,
		wrappers: 50,
		scene: () => ({ lines: 30, pauseUs: 100_000 }),
	},
];
