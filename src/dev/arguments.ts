/** The words behind `ctrace dev`. Pure. */
import { parseArgs } from "node:util";
import { CtraceError } from "../core/errors.ts";

export const USAGE = `ctrace dev record CASE [--keep-input] -- COMMAND…   record a case, masked
ctrace dev replay CASE [--frame N] [--all]          step through it: n, p, q
ctrace dev explain CASE [--frame N]                 each row, and the pattern that claimed it

CASE is a folder with session.cast, a recording, or LOOK/CASE among the fixtures. Frames count from 1; without
--frame it is the last one. --keep-input records what you type as well: leave it out where you type a password.
`;

export type DevArguments =
	| { readonly do: "help" }
	| {
			readonly do: "record";
			readonly name: string;
			readonly command: readonly string[];
			readonly keepsInput: boolean;
	  }
	| {
			readonly do: "replay";
			readonly name: string;
			readonly frame: number | undefined;
			readonly all: boolean;
	  }
	| { readonly do: "explain"; readonly name: string; readonly frame: number | undefined };

/** Throws `usage`. */
export function readArguments(words: readonly string[]): DevArguments {
	const [verb = "help", ...rest] = words;
	if (verb === "help" || rest[0] === "--help" || verb === "--help") return { do: "help" };
	if (verb === "record") return readRecord(rest);
	if (verb !== "replay" && verb !== "explain") throw mistake(`there is no \`ctrace dev ${verb}\``);
	const { values, positionals } = parse(rest);
	const name = positionals[0];
	if (name === undefined || positionals.length > 1) throw mistake(`\`ctrace dev ${verb}\` takes one case`);
	const frame = values.frame === undefined ? undefined : Number(values.frame);
	if (frame !== undefined && !Number.isInteger(frame))
		throw mistake(`--frame must be a number, not ${values.frame}`);
	return verb === "replay" ? { do: verb, name, frame, all: values.all } : { do: verb, name, frame };
}

function readRecord(words: readonly string[]): DevArguments {
	const end = words.indexOf("--");
	const command = end < 0 ? [] : words.slice(end + 1);
	const { values, positionals } = parse(end < 0 ? words : words.slice(0, end));
	const name = positionals[0];
	if (name === undefined || positionals.length > 1 || command.length === 0) {
		throw mistake("`ctrace dev record` takes one case and, after --, a command");
	}
	return { do: "record", name, command, keepsInput: values["keep-input"] };
}

function parse(words: readonly string[]) {
	try {
		return parseArgs({
			args: [...words],
			allowPositionals: true,
			options: {
				frame: { type: "string" },
				all: { type: "boolean", default: false },
				"keep-input": { type: "boolean", default: false },
			},
		});
	} catch (cause) {
		throw mistake(cause instanceof Error ? cause.message : String(cause));
	}
}

function mistake(message: string): CtraceError {
	return new CtraceError("usage", message, { hint: "see `ctrace dev help`" });
}
