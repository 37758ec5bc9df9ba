import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import type { Work, WorkContext, WorkResult } from "../component.ts";

/** Beside this bundle. */
const CLI = fileURLToPath(new URL("./cli.js", import.meta.url));
/** As `ctrace backup --json` prints. */
const outcomeSchema = z.object({ saved: z.number(), deleted: z.number(), commits: z.number() });

interface Command {
	/** `dist/cli.js`. */
	readonly script: string;
	readonly env: Readonly<Record<string, string | undefined>>;
}

export const saveBackup: Work = createSaving({ script: CLI, env: process.env });

/** Runs the command itself: pages are written as the commands write them. A commit is sent whole or not at all. */
export function createSaving(command: Command): Work {
	return (context) => save(command, context);
}

async function save(command: Command, { config, signal }: WorkContext): Promise<WorkResult> {
	const { githubRepo, remote, intervalSeconds } = config.backup;
	const isSet = githubRepo !== undefined || remote !== undefined;
	if (!isSet || intervalSeconds === 0 || !existsSync(config.paths.database)) return { counts: {} };
	const output = await run(command, ["backup", "--json"], signal);
	return output === undefined ? { counts: {}, failure: "backup" } : toResult(output);
}

function toResult(output: string): WorkResult {
	const { saved, deleted } = outcomeSchema.parse(JSON.parse(output));
	return { counts: { saved, deleted }, queue: 0 };
}

/** What it printed; undefined when it failed. Its own words name sessions, and go nowhere. */
function run(
	{ script, env }: Command,
	words: readonly string[],
	signal: AbortSignal,
): Promise<string | undefined> {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [script, ...words], { env, stdio: ["ignore", "pipe", "ignore"] });
		const stop = () => child.kill("SIGTERM");
		signal.addEventListener("abort", stop, { once: true });
		let output = "";
		child.stdout.setEncoding("utf8").on("data", (piece: string) => {
			output += piece;
		});
		child.on("error", reject);
		child.on("close", (code) => {
			signal.removeEventListener("abort", stop);
			resolve(code === 0 ? output : undefined);
		});
	});
}
