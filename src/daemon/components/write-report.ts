import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Work, WorkContext, WorkResult } from "../component.ts";
import { lastWeek } from "./plan-week.ts";
import { type OwnProgram, ownProgram, runOwnCommand } from "./run-own-command.ts";

const ENDINGS = { html: "html", markdown: "md" } as const;

export const writeReport: Work = (context) =>
	createReporting(ownProgram(process.env), () => Date.now())(context);

/** As `ctrace report` writes it; the file is there whole, or not at all. */
export function createReporting(program: OwnProgram, now: () => number): Work {
	return (context) => write(program, now(), context);
}

async function write(program: OwnProgram, now: number, { config, signal }: WorkContext): Promise<WorkResult> {
	const { folder, format } = config.weeklyReport;
	if (folder === undefined || !existsSync(config.paths.database)) return { counts: {} };
	const { name, from, to } = lastWeek(now);
	const file = join(folder, `claude-code-${name}.${ENDINGS[format]}`);
	if (existsSync(file)) return { counts: { written: 0 }, queue: 0 };
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const draft = `${file}.draft`;
	const words = ["report", "--since", from, "--until", to, "--format", format, "--output", draft];
	const output = await runOwnCommand(program, words, signal);
	if (output === undefined) {
		rmSync(draft, { force: true });
		return { counts: {}, failure: "report" };
	}
	renameSync(draft, file);
	return { counts: { written: 1 }, queue: 0 };
}
