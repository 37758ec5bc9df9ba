/**
 * `npm run test:live`: genuine Claude Code, wrapped by the built ctrace, against a scripted model.
 *
 * Exit codes: 0 every cell reached the bar; 1 a cell missed it or could not be played; 2 wrong usage;
 * 3 a version could not be installed, or nothing was played at all, so that nothing is known.
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { playCell } from "./cell.ts";
import { InstallError, type Installed, install, resolveVersion } from "./install.ts";
import { lookOf, splitLook } from "./look.ts";
import { type LiveOptions, readOptions, USAGE, UsageError } from "./options.ts";
import { SCENARIOS } from "./scenarios/index.ts";
import { type Cell, cellRow, details, headerRow, summary, tally } from "./table.ts";

const EXIT = { passed: 0, failed: 1, usage: 2, unavailable: 3 } as const;
const DETAILS_SHOWN = 12;

process.exitCode = await main();

async function main(): Promise<number> {
	try {
		const options = readOptions(process.argv.slice(2), SCENARIOS);
		if (options === "help") {
			console.log(USAGE);
			return EXIT.passed;
		}
		return await runAll(options);
	} catch (error) {
		if (!(error instanceof UsageError)) throw error;
		console.error(`${error.message}\n\n${USAGE}`);
		return EXIT.usage;
	}
}

async function runAll(options: LiveOptions): Promise<number> {
	const root = process.env.CTRACE_REPOSITORY ?? process.cwd();
	const cache = process.env.CTRACE_LIVE_CACHE ?? join(root, ".cache", "claude-code");
	const ctrace = options.wrap ? builtCtrace(root) : undefined;
	const cells: Cell[] = [];
	const unavailable: string[] = [];
	console.log(headerRow());
	for (const name of options.looks) {
		try {
			cells.push(...(await playLook(name, options, cache, ctrace)));
		} catch (error) {
			if (!(error instanceof InstallError)) throw error;
			unavailable.push(name);
			sayUnavailable(name, error);
		}
	}
	if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(cells, null, "\t")}\n`);
	if (unavailable.length > 0) console.error(`NOT TESTED, could not be installed: ${unavailable.join(", ")}`);
	const counted = tally(cells);
	console.log(summary(counted));
	if (counted.failed > 0) return EXIT.failed;
	const isEmpty = counted.passed + counted.recorded === 0;
	return unavailable.length > 0 || isEmpty ? EXIT.unavailable : EXIT.passed;
}

async function playLook(
	name: string,
	options: LiveOptions,
	cache: string,
	ctrace: readonly string[] | undefined,
): Promise<Cell[]> {
	const installed = await installedLook(name, cache);
	const look = lookOf(installed.name);
	const record = options.record ?? mkdtempSync(join(tmpdir(), "ctrace-live-record-"));
	const cells = await inTurn(options.scenarios, options.jobs, async (scenario): Promise<Cell> => {
		const outcome = await playCell({
			scenario,
			look,
			claude: installed.claude,
			ctrace,
			ctraceOptions: options.transcripts ? [] : ["--no-transcript"],
			out: join(record, look.name, scenario.name),
			path: process.env.PATH ?? "",
			sandboxHome: options.sandbox,
			keepSandbox: options.keep,
			secondTry: options.secondTry,
		});
		const cell = { look: look.name, scenario: scenario.name, outcome };
		const told = [
			cellRow(cell),
			...details(outcome)
				.slice(0, DETAILS_SHOWN)
				.map((line) => `    ${line}`),
		];
		console.log(told.join("\n"));
		return cell;
	});
	if (options.record === undefined) rmSync(record, { recursive: true, force: true });
	return cells;
}

/** At most `jobs` at a time; the results in the order of the list. */
async function inTurn<T, R>(list: readonly T[], jobs: number, work: (item: T) => Promise<R>): Promise<R[]> {
	const results: R[] = [];
	const left = list.entries();
	const worker = async () => {
		for (const [index, item] of left) results[index] = await work(item);
	};
	await Promise.all(Array.from({ length: jobs }, worker));
	return results;
}

async function installedLook(name: string, cache: string): Promise<Installed & { readonly name: string }> {
	const { version: asked, suffix } = splitLook(name);
	const version = await resolveVersion(asked);
	const installed = await install(version, cache);
	return { ...installed, name: `${version}${suffix}` };
}

function builtCtrace(root: string): readonly string[] {
	const bin = join(root, "bin", "ctrace.js");
	if (!existsSync(bin) || !existsSync(join(root, "dist"))) {
		throw new UsageError(
			"ctrace is not built: run `npm run build` first, or record without it with --no-wrap",
		);
	}
	return [process.execPath, bin];
}

function sayUnavailable(name: string, error: InstallError): void {
	const cause = error.cause instanceof Error ? `\n${error.cause.message}` : "";
	console.error(
		`${"!".repeat(78)}\nCLAUDE CODE ${name} IS NOT TESTED: ${error.message}${cause}\n${"!".repeat(78)}`,
	);
}
