/** Processes that die, hang, or are not there. */
import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import * as z from "zod";
import type { Fault } from "../fault.ts";
import { isAlive } from "../processes.ts";
import { eventually, processOf, type Stage, signal, type Who } from "../stage.ts";
import { monotonic } from "../viewer.ts";

const GROUP = "processes";
const run = promisify(execFile);

async function kill(stage: Stage, who: Who, name: NodeJS.Signals = "SIGKILL"): Promise<number | undefined> {
	const [pair] = stage.pairs;
	const pid = pair === undefined ? undefined : await processOf(pair.wrapped, who);
	stage.struckAt = monotonic();
	signal(pid, name);
	return pid;
}

/** Stopped, and what becomes of it after the command's end. */
function hang(after: "SIGCONT" | "SIGKILL"): (stage: Stage) => Promise<void> {
	return async (stage) => {
		const pid = await kill(stage, "recorder", "SIGSTOP");
		stage.afterwards.push(() => signal(pid, after));
	};
}

/** What may be missing of an installation, and whether the record can do without. */
const PARTS = [
	"dist/recorder.js",
	"patterns",
	"node_modules/better-sqlite3/build",
	"node_modules/node-pty/build",
	"build/Release/termios.node",
];

function ctrace(stage: Stage, ...words: string[]): Promise<{ readonly stdout: string }> {
	const [file = "", ...args] = [...stage.place.ctrace, ...words];
	return run(file, args, { cwd: stage.place.theirs, env: { ...stage.place.env, COLLECT: "off" } });
}

const statusSchema = z.looseObject({ daemon: z.looseObject({ pid: z.number() }).optional() });

async function daemonPid(stage: Stage): Promise<number | undefined> {
	const { stdout } = await ctrace(stage, "status", "--json").catch(
		(error: { readonly stdout: string }) => error,
	);
	return stdout === "" ? undefined : statusSchema.parse(JSON.parse(stdout)).daemon?.pid;
}

export async function killDaemon(stage: Stage): Promise<void> {
	const pid = await daemonPid(stage);
	if (!signal(pid, "SIGKILL")) stage.problems.push("there was no daemon to kill");
	if (pid !== undefined) await eventually(() => (isAlive(pid) ? undefined : true));
	stage.afterwards.push(() => startsAgain(stage));
}

async function startsAgain(stage: Stage): Promise<void> {
	await ctrace(stage, "start", "--daemon");
	if ((await daemonPid(stage)) === undefined) stage.problems.push("the daemon does not start again");
	await ctrace(stage, "stop");
}

export const DEATHS: readonly Fault[] = [
	{
		name: "wrapper-killed",
		group: GROUP,
		what: "`kill -9` of the wrapper",
		runs: { brief: 5, full: 25 },
		record: "until-the-fault", // it hands over what passes within a few milliseconds together
		command: "hung-up",
		killsWrapper: true,
		strike: async (stage) => {
			await kill(stage, "wrapper");
			for (const { bare } of stage.pairs) signal(await processOf(bare, "command"), "SIGHUP");
		},
	},
	{
		name: "recorder-killed",
		group: GROUP,
		what: "`kill -9` of the recorder",
		runs: { brief: 6, full: 25 },
		record: "until-the-fault",
		isWhenRecorded: true,
		strike: async (stage) => void (await kill(stage, "recorder")),
	},
	{
		name: "recorder-killed-early",
		group: GROUP,
		what: "`kill -9` of the recorder while it starts",
		runs: { brief: 3, full: 15 },
		record: "said",
		scene: (random) => ({ momentMs: random.between(0, 400) }),
		strike: async (stage) => void (await kill(stage, "recorder")),
	},
	{
		name: "command-killed",
		group: GROUP,
		what: "`kill -9` of the command",
		runs: { brief: 3, full: 15 },
		command: "killed",
		strike: async (stage) => {
			for (const { bare, wrapped } of stage.pairs)
				for (const sitting of [bare, wrapped]) signal(await processOf(sitting, "command"), "SIGKILL");
		},
	},
	{
		name: "terminal-closed",
		group: GROUP,
		what: "the terminal's window is closed (SIGHUP)",
		runs: { brief: 4, full: 20 },
		command: "hung-up",
		strike: async ({ pairs }) => {
			for (const { bare, wrapped } of pairs) {
				for (const sitting of [bare, wrapped]) await processOf(sitting, "command");
				bare.viewer.closeWindow();
				wrapped.viewer.closeWindow();
			}
		},
	},
	{
		name: "daemon-killed",
		group: GROUP,
		what: "`kill -9` of the daemon, which works on the same store",
		runs: { brief: 2, full: 10 },
		arrange: async (stage) => {
			await ctrace(stage, "start", "--daemon");
			stage.undo.push(() =>
				ctrace(stage, "stop").then(
					() => {},
					() => {},
				),
			);
		},
		strike: killDaemon,
	},
	{
		name: "recorder-hung",
		group: GROUP,
		what: "the recorder hangs (SIGSTOP), and goes on after the command's end",
		runs: { brief: 3, full: 15 },
		strike: hang("SIGCONT"),
	},
	{
		name: "recorder-hung-for-good",
		isWhenRecorded: true,
		group: GROUP,
		what: "the recorder hangs, and is killed after the command's end",
		runs: { brief: 2, full: 10 },
		record: "until-the-fault",
		strike: hang("SIGKILL"),
	},
	{
		name: "part-missing",
		group: GROUP,
		what: "a part of the installation vanishes: the recorder, the patterns, a native module",
		runs: { brief: 5, full: 25 },
		record: "until-the-fault",
		scene: (random) => ({
			isOwnCopy: true,
			// As often before the start as at some moment after it.
			momentMs: random.pick([0, random.between(1, 1200)]),
		}),
		arrange: (stage) => {
			if (stage.scene.momentMs === 0) removePart(stage);
			else stage.installation();
		},
		strike: (stage) => removePart(stage),
	},
];

function removePart(stage: Stage): void {
	const part = stage.random.pick(PARTS);
	rmSync(join(stage.installation(), part), { recursive: true, force: true });
}
