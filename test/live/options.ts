/** The command line of the live test. Pure: arguments in, options out. */
import { parseArgs } from "node:util";
import type { Scenario } from "./scenario.ts";
import { randomScenario } from "./scenarios/random.ts";

export interface LiveOptions {
	/** Versions or looks, e.g. `2.1.197`, `newest`, `newest-classic`. */
	readonly looks: readonly string[];
	readonly scenarios: readonly Scenario[];
	readonly wrap: boolean;
	/** Let ctrace read Claude Code's transcript too; off, the screen alone has to do. */
	readonly transcripts: boolean;
	readonly record: string | undefined;
	readonly sandbox: string | undefined;
	readonly json: string | undefined;
	readonly keep: boolean;
	/** Play a scenario that missed the bar once more. */
	readonly secondTry: boolean;
	/** Scenarios played at the same time. */
	readonly jobs: number;
}

export class UsageError extends Error {}

/** One version of each generation, and the newest in both of its renderers. */
const DEFAULT_LOOKS = "1.0.128,2.0.76,2.1.100,2.1.197,newest-classic,newest";
const ALL = "all";
/** A program that is played waits most of the time; more at once would make each late on a small machine. */
const DEFAULT_JOBS = 2;
const MOST_JOBS = 8;

export const USAGE = `npm run test:live [-- OPTIONS]
  --versions A,B      versions of Claude Code: numbers, "newest", each with "-classic" if wanted (default ${DEFAULT_LOOKS})
  --scenarios X,Y     scenarios by name (default "${ALL}"); random-N is a session of chance that the number N makes
  --jobs N            scenarios played at the same time, 1 to ${MOST_JOBS} (default ${DEFAULT_JOBS}; 1 with --sandbox)
  --with-transcript   let ctrace read Claude Code's own transcript as well
  --no-wrap           run Claude Code bare: record, but score nothing
  --record DIR        keep recordings in DIR/VERSION/SCENARIO
  --sandbox DIR       home of the runs, so that recordings read the same everywhere (emptied before each)
  --json FILE         write the table as JSON
  --keep              keep the homes of the runs
  --second-try        play a scenario that missed the bar once more, and say so`;

export function readOptions(argv: readonly string[], known: readonly Scenario[]): LiveOptions | "help" {
	const values = parse(argv);
	if (values.help) return "help";
	return {
		looks: list(values.versions),
		scenarios: chosen(values.scenarios, known),
		wrap: !values["no-wrap"],
		transcripts: values["with-transcript"],
		record: values.record,
		sandbox: values.sandbox,
		json: values.json,
		keep: values.keep,
		secondTry: values["second-try"],
		jobs: jobsOf(values.jobs, values.sandbox !== undefined),
	};
}

function parse(argv: readonly string[]) {
	try {
		return parseArgs({
			args: [...argv],
			options: {
				versions: { type: "string", default: DEFAULT_LOOKS },
				scenarios: { type: "string", default: ALL },
				jobs: { type: "string" },
				"with-transcript": { type: "boolean", default: false },
				"no-wrap": { type: "boolean", default: false },
				record: { type: "string" },
				sandbox: { type: "string" },
				json: { type: "string" },
				keep: { type: "boolean", default: false },
				"second-try": { type: "boolean", default: false },
				help: { type: "boolean", default: false },
			},
		}).values;
	} catch (error) {
		throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
	}
}

/** A named sandbox has room for one. */
function jobsOf(text: string | undefined, isOneHome: boolean): number {
	const jobs = Number(text ?? (isOneHome ? 1 : DEFAULT_JOBS));
	if (!Number.isInteger(jobs) || jobs < 1 || jobs > MOST_JOBS || (isOneHome && jobs > 1))
		throw new UsageError(`--jobs cannot be ${text}${isOneHome ? " with --sandbox" : ""}`);
	return jobs;
}

function chosen(names: string, known: readonly Scenario[]): readonly Scenario[] {
	if (names === ALL) return known;
	return list(names).map((name) => {
		const found = known.find((scenario) => scenario.name === name) ?? randomScenario(name);
		if (found === undefined) {
			throw new UsageError(
				`no scenario "${name}"; there are: ${known.map((scenario) => scenario.name).join(", ")}`,
			);
		}
		return found;
	});
}

function list(text: string): string[] {
	return text.split(",").filter((part) => part !== "");
}
