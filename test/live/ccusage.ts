/**
 * `npm run test:ccusage [-- DIRECTORY…]`: the totals of `ctrace usage` beside those of ccusage, on the same transcripts:
 * those of genuine runs among the fixtures, an invented past, and any directory that is named.
 * Exit codes: 0 equal to the token; 1 not; 3 ccusage could not be had, so that nothing is known.
 */
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import * as z from "zod";
import { writeCorpus } from "../bench/transcript-corpus.ts";

/** The newest one that is a program of its own for Node, and no binary of one platform. */
const CCUSAGE = "18.0.10";
const INVENTED_BYTES = 20_000_000;
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;
const run = promisify(execFile);

const theirs = z.object({
	totals: z.object({
		inputTokens: z.number(),
		outputTokens: z.number(),
		cacheCreationTokens: z.number(),
		cacheReadTokens: z.number(),
		totalTokens: z.number(),
	}),
});
const ours = z.object({
	total: z.object({
		inputTokens: z.number(),
		outputTokens: z.number(),
		cacheWriteTokens: z.number(),
		cacheReadTokens: z.number(),
		totalTokens: z.number(),
	}),
});

process.exitCode = await main(process.argv.slice(2));

async function main(named: readonly string[]): Promise<number> {
	const root = process.env.CTRACE_REPOSITORY ?? process.cwd();
	const program = await install(join(root, ".cache", "ccusage"));
	if (program === undefined) return 3;
	const work = mkdtempSync(join(tmpdir(), "ctrace-ccusage-"));
	try {
		const genuine = join(work, "genuine");
		gather(join(root, "test/fixtures/transcripts"), genuine);
		const invented = join(work, "invented");
		writeCorpus(invented, INVENTED_BYTES);
		let isEqual = true;
		for (const [index, directory] of [genuine, invented, ...named].entries()) {
			const home = join(work, `home-${index}`);
			mkdirSync(home);
			const env = { PATH: process.env.PATH ?? "", HOME: home, CTRACE_HOME: join(home, "ctrace"), TZ: "UTC" };
			const left = await askCcusage(program, directory, env);
			const right = await askCtrace(root, directory, env);
			const same = JSON.stringify(left) === JSON.stringify(right);
			console.log(
				`${same ? "equal" : "DIFFERENT"}  ${directory}\n  ccusage ${say(left)}\n  ctrace  ${say(right)}`,
			);
			isEqual &&= same && left.total > 0;
		}
		return isEqual ? 0 : 1;
	} finally {
		rmSync(work, { recursive: true, force: true });
	}
}

/** All fixtures as one configuration directory. */
function gather(fixtures: string, to: string): void {
	for (const version of readdirSync(fixtures))
		for (const name of readdirSync(join(fixtures, version)))
			cpSync(
				join(fixtures, version, name, "projects", "-home-ada-garden"),
				join(to, "projects", `-home-ada-${version.replaceAll(".", "-")}-${name}`),
				{ recursive: true },
			);
}

interface Totals {
	readonly input: number;
	readonly output: number;
	readonly cacheWrite: number;
	readonly cacheRead: number;
	readonly total: number;
}

async function askCcusage(program: string, directory: string, env: Record<string, string>): Promise<Totals> {
	const args = [program, "monthly", "--json", "--offline"];
	const { stdout } = await run(process.execPath, args, {
		env: { ...env, CLAUDE_CONFIG_DIR: directory },
		maxBuffer: MAX_OUTPUT_BYTES,
	});
	const { totals } = theirs.parse(JSON.parse(stdout));
	return {
		input: totals.inputTokens,
		output: totals.outputTokens,
		cacheWrite: totals.cacheCreationTokens,
		cacheRead: totals.cacheReadTokens,
		total: totals.totalTokens,
	};
}

async function askCtrace(root: string, directory: string, env: Record<string, string>): Promise<Totals> {
	const program = join(root, "bin", "ctrace.js");
	const options = { env, maxBuffer: MAX_OUTPUT_BYTES };
	await run(process.execPath, [program, "import", directory], options);
	const { stdout } = await run(process.execPath, [program, "usage", "--by", "month", "--json"], options);
	const { total } = ours.parse(JSON.parse(stdout));
	return {
		input: total.inputTokens,
		output: total.outputTokens,
		cacheWrite: total.cacheWriteTokens,
		cacheRead: total.cacheReadTokens,
		total: total.totalTokens,
	};
}

async function install(cache: string): Promise<string | undefined> {
	const program = join(cache, CCUSAGE, "node_modules", "ccusage", "dist", "index.js");
	if (existsSync(program)) return program;
	try {
		mkdirSync(join(cache, CCUSAGE), { recursive: true });
		writeFileSync(join(cache, CCUSAGE, "package.json"), '{ "private": true }\n');
		const args = ["install", "--no-audit", "--no-fund", "--ignore-scripts", `ccusage@${CCUSAGE}`];
		await run("npm", args, { cwd: join(cache, CCUSAGE) });
		return program;
	} catch (error) {
		const line = "!".repeat(78);
		console.error(`${line}\nNOT COMPARED: ccusage could not be installed: ${String(error)}\n${line}`);
		return undefined;
	}
}

function say(totals: Totals): string {
	return Object.entries(totals)
		.map(([name, count]) => `${name} ${count}`)
		.join(" · ");
}
