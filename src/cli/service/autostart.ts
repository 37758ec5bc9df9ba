/** Installs and removes the service; what the system says to it is handed back as sentences. */
import { spawn } from "node:child_process";
import {
	mkdirSync,
	readFileSync,
	readlinkSync,
	renameSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { CtraceError } from "../../core/errors.ts";
import { planLaunchd } from "./launchd-agent.ts";
import type { ServiceFacts, ServicePlan, SystemCommand } from "./service-facts.ts";
import { planSystemd } from "./systemd-unit.ts";

/** Throws `config` where neither systemd nor launchd is to be had. */
export function planAutostart(facts: ServiceFacts): ServicePlan {
	if (facts.platform === "darwin") return planLaunchd(facts);
	if (facts.platform === "linux") return planSystemd(facts);
	throw new CtraceError("config", `there is no service for ${facts.platform}`, {
		hint: "Start the daemon by hand: ctrace start --daemon",
	});
}

/** Gives what the system would not do, in its own words; empty: all of it is done. */
export async function installAutostart(plan: ServicePlan): Promise<string[]> {
	write(plan.path, plan.content);
	if (plan.link !== undefined) relink(plan.link);
	return runAll(plan.onInstall);
}

/** False: there was none. */
export async function removeAutostart(plan: ServicePlan): Promise<boolean> {
	const wasThere = readIfThere(plan.path) !== undefined;
	if (!wasThere && !isLinked(plan)) return false;
	await runAll(plan.beforeRemoval);
	if (plan.link !== undefined) rmSync(plan.link.path, { force: true });
	rmSync(plan.path, { force: true });
	await runAll(plan.afterRemoval);
	return true;
}

export interface ServiceState {
	/** `outdated`: it would start another Node.js or another ctrace than the one that runs now. */
	readonly file: "absent" | "current" | "outdated";
	readonly startsAtLogin: boolean;
	readonly isActive: boolean;
}

export async function inspectAutostart(plan: ServicePlan): Promise<ServiceState> {
	const content = readIfThere(plan.path);
	const file = content === undefined ? "absent" : content === plan.content ? "current" : "outdated";
	const startsAtLogin = file !== "absent" && (plan.link === undefined || isLinked(plan));
	return { file, startsAtLogin, isActive: await isAutostartActive(plan) };
}

export async function isAutostartActive(plan: ServicePlan): Promise<boolean> {
	return readIfThere(plan.path) !== undefined && (await run(plan.isActive)).code === 0;
}

/** Throws `daemon` with what the system says. */
export async function restartAutostart(plan: ServicePlan): Promise<void> {
	const { code, said } = await run(plan.restart);
	if (code !== 0) throw new CtraceError("daemon", `the service could not be restarted: ${said}`);
}

async function runAll(commands: readonly SystemCommand[]): Promise<string[]> {
	const refusals: string[] = [];
	for (const command of commands) {
		const { code, said } = await run(command);
		if (code === 0) continue;
		if (command.mayFail !== true)
			throw new CtraceError("daemon", `${command.words.join(" ")}: ${said}`, {
				hint: "The file was written.",
			});
		refusals.push(said);
	}
	return refusals;
}

interface Ran {
	readonly code: number | undefined;
	readonly said: string;
}

function run({ words }: SystemCommand): Promise<Ran> {
	const [file = "", ...args] = words;
	return new Promise((resolve) => {
		const child = spawn(file, args, { stdio: ["ignore", "ignore", "pipe"] });
		let said = "";
		child.stderr.setEncoding("utf8").on("data", (part: string) => {
			said += part;
		});
		child.on("error", () => resolve({ code: undefined, said: `${file} is not to be had here` }));
		child.on("close", (code) => resolve({ code: code ?? undefined, said: said.trim().split("\n")[0] ?? "" }));
	});
}

/** Whole or not at all. */
function write(path: string, content: string): void {
	mkdirSync(dirname(path), { recursive: true });
	const draft = `${path}.draft`;
	writeFileSync(draft, content, { mode: 0o644 });
	renameSync(draft, path);
}

function relink({ path, target }: NonNullable<ServicePlan["link"]>): void {
	mkdirSync(dirname(path), { recursive: true });
	rmSync(path, { force: true });
	symlinkSync(target, path);
}

function isLinked({ link }: ServicePlan): boolean {
	if (link === undefined) return false;
	try {
		return readlinkSync(link.path) === link.target;
	} catch {
		return false; // not there, or no link
	}
}

function readIfThere(path: string): string | undefined {
	try {
		return readFileSync(path, "utf8");
	} catch {
		return undefined;
	}
}
