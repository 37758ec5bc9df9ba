/** What ctrace works with: Claude Code, the shell, the project, the backup, the daemon, the terminal. Changes nothing. */

import { existsSync } from "node:fs";
import { CtraceError } from "../../core/errors.ts";
import type { Renderer } from "../../core/session.ts";
import { leftovers } from "../../store/encryption/convert.ts";
import { isEncrypted } from "../../store/encryption/open-encrypted.ts";
import type { CliContext } from "../context.ts";
import { counted } from "../text/counted.ts";
import { examineSync, syncProblems } from "../web/web-status.ts";
import { checkUpdate } from "./check-update.ts";
import { findClaude, wantedRenderer } from "./find-claude.ts";
import { findProgram } from "./programs.ts";
import type { Area, Check } from "./report.ts";

export async function checkAround(
	context: CliContext,
	hasDatabase: boolean,
	renderer?: Renderer,
): Promise<Check[]> {
	const parts = await Promise.all([
		checkUpdate(context).then((check) => [check]),
		[checkEncryption(context)],
		checkClaude(context),
		[checkRenderer(context, renderer)],
		attempt("shell", () => checkShell(context)),
		attempt("sync", () => checkSync(context, hasDatabase)),
		attempt("backup", () => checkBackup(context, hasDatabase)),
		attempt("daemon", () => checkDaemon(context)),
		[checkLocale(context), checkTerminal(context)],
	]);
	return parts.flat();
}

/** Each part may fail without hiding the others. */
async function attempt(area: Area, work: () => Promise<Check[]>): Promise<Check[]> {
	try {
		return await work();
	} catch (error) {
		if (!(error instanceof CtraceError)) throw error;
		return [{ area, level: "error", what: error.message, fix: error.hint ?? "See: ctrace --help" }];
	}
}

function checkEncryption({ config }: CliContext): Check {
	const { database } = config.paths;
	const left = leftovers(database).filter((path) => existsSync(path));
	if (left.length > 0)
		return {
			area: "encryption",
			level: "warning",
			what: `a conversion was broken off: ${left.join(", ")}`,
			fix: "ctrace encrypt overwrites and removes it",
		};
	const what = isEncrypted(database)
		? "the database is encrypted"
		: "the database is not encrypted: ctrace encrypt";
	return { area: "encryption", level: "ok", what };
}

async function checkClaude({ env }: CliContext): Promise<Check[]> {
	const claude = await findClaude(env);
	if (claude === undefined) {
		const fix = "npm install -g @anthropic-ai/claude-code";
		return [{ area: "claude", level: "warning", what: "Claude Code is not on your PATH", fix }];
	}
	if (claude.version === undefined) {
		const what = `${claude.path} does not tell its version`;
		return [{ area: "claude", level: "warning", what, fix: `${claude.path} --version` }];
	}
	return [{ area: "claude", level: "ok", what: `${claude.version}, ${claude.path}` }];
}

/** ctrace reads both. */
function checkRenderer(context: CliContext, recorded: Renderer | undefined): Check {
	const wanted = wantedRenderer(context);
	const said = wanted === undefined ? "Claude Code chooses" : `${wanted.renderer}, says ${wanted.by}`;
	const seen = recorded === undefined ? "" : `; the newest record is ${recorded}`;
	return { area: "renderer", level: "ok", what: said + seen };
}

async function checkShell(context: CliContext): Promise<Check[]> {
	const { findInstalled } = await import("../shell/shell-setup.ts");
	const { home, env, config, installation } = context;
	const found = findInstalled({ home, env, platform: installation.platform, configDir: config.paths.config });
	const what =
		found.length > 0
			? `plain \`claude\` runs traced: ${found.join(", ")}`
			: "type `ctrace claude`; ctrace install traces plain `claude`";
	return [{ area: "shell", level: "ok", what }];
}

async function checkSync(context: CliContext, hasDatabase: boolean): Promise<Check[]> {
	if (context.config.supabase === undefined)
		return [{ area: "sync", level: "ok", what: "no Supabase project is set" }];
	if (!hasDatabase) return [{ area: "sync", level: "ok", what: "nothing to send yet" }];
	using store = context.openStore();
	const state = await examineSync(context, store);
	const problems = syncProblems(state);
	if (problems.length > 0)
		return problems.map(({ what, hint }) => ({ area: "sync", level: "warning", what, fix: hint }));
	const { sessions, turns, deletions } = state.waiting;
	const last = state.lastSuccessAt === undefined ? "nothing sent yet" : `last sent ${state.lastSuccessAt}`;
	return [{ area: "sync", level: "ok", what: `${sessions + turns + deletions} changes wait, ${last}` }];
}

async function checkBackup(context: CliContext, hasDatabase: boolean): Promise<Check[]> {
	const { githubRepo, remote } = context.config.backup;
	if (githubRepo === undefined && remote === undefined)
		return [{ area: "backup", level: "ok", what: "none is set" }];
	if (findProgram("git", context.env.PATH) === undefined)
		return [{ area: "backup", level: "error", what: "git is not installed", fix: "Install git." }];
	const { target } = await context.loadBackup();
	if (!hasDatabase) return [{ area: "backup", level: "ok", what: "nothing to save yet" }];
	using store = context.openStore();
	const { changed, deleted } = store.backup.changes(target.key);
	const waiting = changed.length + deleted.length;
	return [
		{
			area: "backup",
			level: "ok",
			what: `${counted(waiting, "session")} to be saved${waiting === 0 ? "" : ": ctrace backup"}`,
		},
	];
}

/** Whoever asked for something in the background needs it. */
async function checkDaemon(context: CliContext): Promise<Check[]> {
	const { examineDaemon } = await import("../daemon/examine-daemon.ts");
	const report = await examineDaemon(await context.daemon(), context);
	if (report.problems.length > 0)
		return report.problems.map(({ what, hint }) => ({ area: "daemon", level: "error", what, fix: hint }));
	if (report.daemon !== undefined)
		return [{ area: "daemon", level: "ok", what: `runs, pid ${report.daemon.pid}` }];
	const { retentionDays, backup } = context.config;
	const waits =
		retentionDays !== undefined
			? "RETENTION_DAYS"
			: backup.githubRepo !== undefined || backup.remote !== undefined
				? "the backup"
				: undefined;
	if (waits === undefined) return [{ area: "daemon", level: "ok", what: "does not run" }];
	const what = `does not run, and ${waits} is set: nothing is done about it in the background`;
	return [{ area: "daemon", level: "warning", what, fix: "ctrace start --daemon" }];
}

function checkLocale({ env }: CliContext): Check {
	const name = env.LC_ALL || env.LC_CTYPE || env.LANG || "";
	if (/utf-?8/i.test(name)) return { area: "locale", level: "ok", what: name };
	const what = name === "" ? "none is set" : `${name} is not UTF-8`;
	return {
		area: "locale",
		level: "warning",
		what: `${what}: programs may draw question marks, and those are recorded`,
		fix: "export LANG=C.UTF-8",
	};
}

const SMALLEST_COLUMNS = 40;

function checkTerminal({ env, stdout }: CliContext): Check {
	const { TERM = "" } = env;
	if (!stdout.isTerminal) return { area: "terminal", level: "ok", what: "the output is no terminal" };
	if (TERM === "" || TERM === "dumb") {
		const what = `TERM is ${TERM === "" ? "not set" : TERM}: Claude Code cannot draw there`;
		return { area: "terminal", level: "warning", what, fix: "export TERM=xterm-256color" };
	}
	const size = `${TERM}, ${stdout.columns}×${stdout.rows}`;
	if (stdout.columns >= SMALLEST_COLUMNS) return { area: "terminal", level: "ok", what: size };
	const what = `${size}: what does not fit is cut, and so is its record`;
	return { area: "terminal", level: "warning", what, fix: "Make the window wider." };
}
