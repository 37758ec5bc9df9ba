import { existsSync } from "node:fs";
import * as z from "zod";
import type { Work, WorkContext, WorkResult } from "../component.ts";
import { type OwnProgram, ownProgram, runOwnCommand } from "./run-own-command.ts";

/** As `ctrace backup --json` prints. */
const outcomeSchema = z.object({ saved: z.number(), deleted: z.number(), commits: z.number() });

export const saveBackup: Work = (context) => createSaving(ownProgram(process.env))(context);

/** Runs the command itself: pages are written as the commands write them. A commit is sent whole or not at all. */
export function createSaving(program: OwnProgram): Work {
	return (context) => save(program, context);
}

async function save(program: OwnProgram, { config, signal }: WorkContext): Promise<WorkResult> {
	const { githubRepo, remote, intervalSeconds } = config.backup;
	const isSet = githubRepo !== undefined || remote !== undefined;
	if (!isSet || intervalSeconds === 0 || !existsSync(config.paths.database)) return { counts: {} };
	const output = await runOwnCommand(program, ["backup", "--json"], signal);
	return output === undefined ? { counts: {}, failure: "backup" } : toResult(output);
}

function toResult(output: string): WorkResult {
	const { saved, deleted } = outcomeSchema.parse(JSON.parse(output));
	return { counts: { saved, deleted }, queue: 0 };
}
