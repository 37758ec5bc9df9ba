/** The daemon as a process: signals, what it leaves behind, and whom it tells that it is there. */
import { writeSync } from "node:fs";
import { homedir, setPriority } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { currentBootId } from "../config/boot.ts";
import type { Config } from "../config/config.ts";
import { leaveNoCoreDumps, leaveNoReports } from "../config/leave-no-traces.ts";
import { loadOwnConfig } from "../config/load.ts";
import { CtraceError } from "../core/errors.ts";
import { type Claim, claimPlaces } from "./claim.ts";
import type { Component } from "./component.ts";
import { askDaemon } from "./control-client.ts";
import { Daemon } from "./daemon.ts";
import type { LogEvent } from "./log-event.ts";
import { MACHINE } from "./machine.ts";
import { type DaemonPlaces, daemonPlaces } from "./places.ts";
import { renderLogEvent } from "./render-log-event.ts";
import { runComponent } from "./run-component.ts";

/** `ctrace start` on a terminal; in the background by it; or as the system's own service. */
export type Role = "foreground" | "background" | "service";

export interface DaemonProcess {
	readonly role: Role;
	readonly version: string;
	readonly script: string;
	readonly components: readonly Component[];
}

/** The process that was not needed says so by this code; a service must not be started again for it. */
export const ALREADY_RUNS_EXIT = 4;
const FAILURE_EXIT = 1;
const PRIVATE_UMASK = 0o077;
/** Whoever works at the machine comes first. */
const LOW_PRIORITY = 10;
/** Where `ctrace start --daemon` waits for the news. */
const NEWS_FD = 3;
/** A daemon that was asked a moment ago whether it is there answers within this. */
const ANSWER_MS = 2_000;
/** Who holds the lock and begins to answer needs less than these together. */
const CLAIM_TRIES = 10;
const CLAIM_PAUSE_MS = 100;

/** Ends the process when the daemon ends. */
export async function runDaemonProcess(wanted: DaemonProcess): Promise<void> {
	settleDown();
	try {
		const config = readConfig();
		const places = daemonPlaces(config.paths.state);
		const claim = await claimAlone(places);
		const daemon = new Daemon(
			{
				version: wanted.version,
				bootId: currentBootId(MACHINE),
				env: process.env,
				components: wanted.components,
				script: wanted.script,
				readConfig,
				...(wanted.role === "foreground" ? { echo } : {}),
			},
			config,
			claim,
		);
		obeySignals(daemon, wanted.role);
		await daemon.open();
		announce(wanted.role, { pid: process.pid });
	} catch (error) {
		announceFailure(wanted.role, error);
	}
}

/** A component's own process; ends when its daemon says so, or is gone. */
export async function runComponentProcess(components: readonly Component[], name: string): Promise<void> {
	settleDown();
	const component = components.find((one) => one.name === name);
	if (component === undefined || process.send === undefined) process.exit(FAILURE_EXIT);
	await runComponent({ component, readConfig });
	process.exit(0);
}

function settleDown(): void {
	leaveNoCoreDumps();
	leaveNoReports(process);
	process.umask(PRIVATE_UMASK);
	process.chdir("/"); // no directory of the person's is held
	try {
		setPriority(LOW_PRIORITY);
	} catch {
		// Not everywhere may a process lower itself.
	}
}

/**
 * Two things must agree that nobody else is the daemon: the lock, whose file may have been removed, and the socket.
 * Somebody who only looks whether the lock is taken has it for a moment: hence more than one try.
 */
async function claimAlone(places: DaemonPlaces): Promise<Claim> {
	let pid: number | undefined;
	for (let left = CLAIM_TRIES; left > 0 && pid === undefined; left -= 1) {
		const claim = claimPlaces(places);
		pid = await pidOfRunning(places);
		if (claim !== undefined && pid === undefined) return claim;
		claim?.release();
		if (pid === undefined) await wait(CLAIM_PAUSE_MS);
	}
	throw new CtraceError("daemon-runs", `the daemon already runs${pid === undefined ? "" : ` (pid ${pid})`}`, {
		hint: "See how it does: ctrace status. To start it anew: ctrace restart",
	});
}

/** Undefined: nobody answers as a daemon would. */
async function pidOfRunning(places: DaemonPlaces): Promise<number | undefined> {
	const asked = askDaemon({ ask: "status" }, { places, directory: process, limitMs: ANSWER_MS });
	const reply = (await asked.catch(() => undefined))?.reply;
	return reply?.kind === "status" ? reply.status.pid : undefined;
}

function obeySignals(daemon: Daemon, role: Role): void {
	for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => daemon.stop({ signal }));
	process.on("SIGHUP", () => {
		// On a terminal it means that the window was closed.
		if (role === "foreground") return daemon.stop({ signal: "SIGHUP" });
		try {
			daemon.reload();
		} catch {
			// The log has it; the old settings go on.
		}
	});
	for (const event of ["uncaughtException", "unhandledRejection"] as const)
		process.on(event, (error: unknown) => daemon.fail(error));
	void daemon.ended.then((code) => process.exit(code));
}

function announce(
	role: Role,
	news: { readonly pid: number } | { readonly code: string; readonly text: string },
): void {
	if (role === "foreground") return;
	try {
		writeSync(NEWS_FD, `${JSON.stringify(news)}\n`);
	} catch {
		// As a service nobody waits; in the background, whoever started us may have gone.
	}
}

function announceFailure(role: Role, error: unknown): never {
	const isOurs = error instanceof CtraceError;
	const text = isOurs ? [error.message, error.hint].filter(Boolean).join("\n") : String(error);
	announce(role, { code: isOurs ? error.code : "internal", text });
	if (role !== "background") process.stderr.write(`ctrace: ${text}\n`);
	process.exit(isOurs && error.code === "daemon-runs" ? ALREADY_RUNS_EXIT : FAILURE_EXIT);
}

function echo(event: LogEvent): void {
	try {
		writeSync(2, `${renderLogEvent(event)}\n`);
	} catch {
		// Nobody reads it.
	}
}

function readConfig(): Config {
	const machine = { env: process.env, platform: process.platform, home: homedir() };
	const { config, problems } = loadOwnConfig(machine, fileURLToPath(new URL("..", import.meta.url)));
	const [wrong] = problems;
	if (wrong !== undefined) throw wrong;
	return config;
}
