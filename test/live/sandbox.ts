/**
 * A home of its own for one run of Claude Code: configuration that skips onboarding, trusts the
 * folder and knows the invented API key. Nothing of the machine's own configuration is read.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { removeFolder } from "../support/remove-folder.ts";
import type { Look } from "./look.ts";
import type { Scenario } from "./scenario.ts";

export interface Sandbox {
	readonly home: string;
	readonly cwd: string;
	readonly ctraceHome: string;
	readonly remove: () => void;
}

/** Put into a named sandbox with the owner's process id, so that only a folder made here is ever emptied, and never under a running test. */
const MARK = ".ctrace-live-sandbox";
/** Claude Code remembers an approved key by its last characters. */
const KEY_TAIL = 20;
const API_KEY = ["sk", "ant", "api03", "livetest".repeat(4), "AAAA"].join("-");

/** `named` gives recordings a home that reads the same on every machine; without it a temporary one is made. */
export function createSandbox(files: Readonly<Record<string, string>>, named?: string): Sandbox {
	const home = named === undefined ? mkdtempSync(join(tmpdir(), "ctrace-live-")) : emptied(named);
	const cwd = join(home, "garden");
	const ctraceHome = join(home, ".ctrace");
	mkdirSync(cwd, { recursive: true });
	for (const [name, content] of Object.entries(files)) {
		mkdirSync(dirname(join(cwd, name)), { recursive: true });
		writeFileSync(join(cwd, name), content);
	}
	writeFileSync(join(home, ".claude.json"), JSON.stringify(configuration(cwd)));
	return { home, cwd, ctraceHome, remove: () => removeFolder(home) };
}

export function environment(
	sandbox: Sandbox,
	look: Look,
	scenario: Scenario,
	apiUrl: string,
	path: string,
): Record<string, string> {
	return {
		PATH: path,
		HOME: sandbox.home,
		CTRACE_HOME: sandbox.ctraceHome,
		TERM: "xterm-256color",
		COLORTERM: "truecolor",
		LANG: "C.UTF-8",
		SHELL: "/bin/bash",
		PS1: "$ ",
		ANTHROPIC_BASE_URL: apiUrl,
		ANTHROPIC_API_KEY: API_KEY,
		CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
		DISABLE_AUTOUPDATER: "1",
		DISABLE_TELEMETRY: "1",
		DISABLE_ERROR_REPORTING: "1",
		...look.env,
		...scenario.env,
	};
}

function configuration(cwd: string): Record<string, unknown> {
	return {
		hasCompletedOnboarding: true,
		lastOnboardingVersion: "9.9.9",
		theme: "dark",
		numStartups: 12,
		bypassPermissionsModeAccepted: true,
		customApiKeyResponses: { approved: [API_KEY.slice(-KEY_TAIL)], rejected: [] },
		projects: {
			[cwd]: {
				hasTrustDialogAccepted: true,
				hasCompletedProjectOnboarding: true,
				allowedTools: [],
				history: [],
			},
		},
	};
}

function emptied(home: string): string {
	const mark = join(home, MARK);
	if (existsSync(home) && readdirSync(home).length > 0) {
		if (!existsSync(mark)) {
			throw new Error(`${home} is not empty and was not made by the live test: name another sandbox`);
		}
		const owner = Number(readFileSync(mark, "utf8"));
		if (owner !== process.pid && isAlive(owner)) {
			throw new Error(`${home} is in use by the live test with process id ${owner}: name another sandbox`);
		}
	}
	removeFolder(home);
	mkdirSync(home, { recursive: true });
	writeFileSync(mark, String(process.pid));
	return home;
}

function isAlive(pid: number): boolean {
	if (!Number.isInteger(pid) || pid <= 0) return false;
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}
