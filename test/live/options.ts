/** The command line of the live test. Pure: arguments in, options out. */
import { parseArgs } from "node:util";
import type { Scenario } from "./scenario.ts";

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
}

export class UsageError extends Error {}

/** One version of the classic look and the newest, whose default is fullscreen. */
const DEFAULT_LOOKS = "2.1.197,newest";
/** `--scenarios all`; without the option the conversation that every release must get right is played. */
const ALL = "all";

export const USAGE = `npm run test:live [-- OPTIONS]
  --versions A,B      versions of Claude Code: numbers, "newest", each with "-classic" if wanted (default ${DEFAULT_LOOKS})
  --scenarios X,Y     scenarios by name, or "${ALL}" (default: the first)
  --with-transcript   let ctrace read Claude Code's own transcript as well
  --no-wrap           run Claude Code bare: record, but score nothing
  --record DIR        keep recordings in DIR/VERSION/SCENARIO
  --sandbox DIR       home of the runs, so that recordings read the same everywhere (emptied before each)
  --json FILE         write the table as JSON
  --keep              keep the homes of the runs`;

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
	};
}

function parse(argv: readonly string[]) {
	try {
		return parseArgs({
			args: [...argv],
			options: {
				versions: { type: "string", default: DEFAULT_LOOKS },
				scenarios: { type: "string" },
				"with-transcript": { type: "boolean", default: false },
				"no-wrap": { type: "boolean", default: false },
				record: { type: "string" },
				sandbox: { type: "string" },
				json: { type: "string" },
				keep: { type: "boolean", default: false },
				help: { type: "boolean", default: false },
			},
		}).values;
	} catch (error) {
		throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
	}
}

function chosen(names: string | undefined, known: readonly Scenario[]): readonly Scenario[] {
	if (names === undefined) return known.slice(0, 1);
	if (names === ALL) return known;
	return list(names).map((name) => {
		const found = known.find((scenario) => scenario.name === name);
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
