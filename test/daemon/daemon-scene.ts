/** Real daemons as processes, each in a home of its own. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { askDaemon } from "../../src/daemon/control-client.ts";
import { type DaemonPlaces, daemonPlaces } from "../../src/daemon/places.ts";
import type { ComponentStatus, DaemonStatus, Reply, Request } from "../../src/daemon/protocol.ts";
import { parseLogLine, readLogLines } from "../../src/daemon/read-log.ts";
import { bundleScript } from "../support/bundle-script.ts";
import { cleanEnvironment, temporaryHome } from "../support/outside.ts";
import { removeFolder } from "../support/remove-folder.ts";

const NEWS_FD = 3;
const LIMIT_MS = 15_000;

export function buildFaultyDaemon(): string {
	return bundleScript("test/daemon/programs/faulty-daemon.ts");
}

export interface RunningDaemon {
	readonly pid: number;
	/** What it said when it was there, or why it is not: a line of JSON. */
	readonly news: Promise<{ readonly pid?: number; readonly code?: string; readonly text?: string }>;
	readonly exited: Promise<number | NodeJS.Signals>;
	kill(signal: NodeJS.Signals): void;
}

export interface DaemonScene extends Disposable {
	readonly home: string;
	readonly env: NodeJS.ProcessEnv;
	readonly places: DaemonPlaces;
	start(components?: string, role?: string, args?: readonly string[]): RunningDaemon;
	ask(request: Request): Promise<Reply | undefined>;
	status(): Promise<DaemonStatus>;
	component(name: string): Promise<ComponentStatus>;
	events(): readonly string[];
	log(): string;
}

export function daemonScene(script: string, ctraceHome = "ct"): DaemonScene {
	const temporary = temporaryHome();
	const home = temporary.path;
	const root = join(home, ctraceHome);
	mkdirSync(root, { recursive: true });
	const env = { ...cleanEnvironment(), HOME: home, CTRACE_HOME: root, CTRACE_LOG_LEVEL: "debug" };
	const places = daemonPlaces(join(root, "state"));
	const running: ChildProcess[] = [];
	const ask = async (request: Request) =>
		(await askDaemon(request, { places, directory: process, limitMs: LIMIT_MS }))?.reply;
	const status = async () => {
		const reply = await ask({ ask: "status" });
		if (reply?.kind !== "status") throw new Error(`no status: ${JSON.stringify(reply)}`);
		return reply.status;
	};
	return {
		home,
		env,
		places,
		start: (components = "steady", role = "background", args = []) => {
			const child = spawn(process.execPath, [...args, script, role], {
				env: { ...env, CTRACE_TEST_COMPONENTS: components },
				stdio: ["ignore", "ignore", "inherit", "pipe"],
			});
			running.push(child);
			return toRunning(child);
		},
		ask,
		status,
		component: async (name) => {
			const found = (await status()).components.find((one) => one.name === name);
			if (found === undefined) throw new Error(`no component ${name}`);
			return found;
		},
		events: () => readLogLines(places.logs).map((line) => parseLogLine(line)?.event ?? "?"),
		log: () => readFileSync(join(places.logs, "daemon.log"), "utf8"),
		[Symbol.dispose]: () => {
			for (const child of running) child.kill("SIGKILL");
			removeFolder(home);
		},
	};
}

function toRunning(child: ChildProcess): RunningDaemon {
	const channel = child.stdio[NEWS_FD] as NodeJS.ReadableStream;
	channel.setEncoding("utf8");
	const news = new Promise<string>((resolve) => {
		let text = "";
		channel.on("data", (part: string) => {
			text += part;
			if (text.endsWith("\n")) resolve(text);
		});
		channel.on("end", () => resolve("{}"));
	});
	return {
		pid: child.pid ?? 0,
		news: news.then((text) => JSON.parse(text)),
		exited: new Promise((resolve) => child.on("exit", (code, signal) => resolve(signal ?? code ?? 0))),
		kill: (signal) => void child.kill(signal),
	};
}

export function countLines(path: string): number {
	return existsSync(path) ? readFileSync(path, "utf8").split("\n").length - 1 : 0;
}

/** Waits for what a process does in its own time. */
export function eventually(what: () => unknown): Promise<void> {
	return expect.poll(what, { timeout: LIMIT_MS, interval: 30 }).toBe(true) as Promise<void>;
}

/** A process that has ended and was not yet collected by its parent does not live. */
export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
	} catch {
		return false;
	}
	const state = execFileSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
	return !state.trim().startsWith("Z");
}
