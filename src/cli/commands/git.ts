import { chmodSync, rmSync, statSync } from "node:fs";
import { CtraceError } from "../../core/errors.ts";
import type { Command } from "../command.ts";
import type { CliContext } from "../context.ts";
import { findHook, type HookPlace } from "../git/find-hook.ts";
import { addHook, removeHook } from "../git/hook-script.ts";
import { readTextFile, replaceTextFile } from "../shell/edit-file.ts";
import { isAgreed } from "./install.ts";

const EXECUTABLE = 0o755;
const ANY_EXECUTE = 0o111;

export const gitInstallCommand: Command = {
	path: ["git", "install"],
	operands: "",
	summary: "Let the commits of this repository name their session",
	section: "Set up",
	examples: [
		["ctrace git install", "a line Ctrace-Session: ID below each message"],
		["ctrace git uninstall", "no more of them"],
	],
	options: [{ name: "yes", letter: "y", summary: "Do not ask" }],
	run: async (context, args) => {
		args.atMost(0);
		const hook = await findHook(placeOf(context));
		const before = readTextFile(hook.path);
		const after = addHook(before);
		const problem = whyNot(hook, before, after);
		if (problem !== undefined || after === undefined)
			throw new CtraceError("input", `${hook.path} ${problem}`, { hint: BY_HAND });
		if (before === after) {
			context.stdout.write(`Nothing to do: ${hook.path} names the session of each commit.\n`);
			return 0;
		}
		context.stdout.write(`${hook.path} ${before === undefined ? "would be made" : "would be added to"}.\n`);
		if (hook.isShared)
			context.stdout.write(
				"It is one of the project's own files: whoever works on it gets the lines, too. Outside ctrace they do nothing.\n",
			);
		if (!args.has("yes") && !(await isAgreed(context, "Do that?"))) {
			context.stderr.write("Nothing was changed.\n");
			return 1;
		}
		replaceTextFile(hook.path, after, BY_HAND);
		if (before === undefined) chmodSync(hook.path, EXECUTABLE);
		context.stdout.write("Done. Commits made in a session of ctrace name it: Ctrace-Session\n");
		return 0;
	},
};

export const gitUninstallCommand: Command = {
	path: ["git", "uninstall"],
	operands: "",
	summary: "Let them name it no more",
	section: "Set up",
	examples: [["ctrace git uninstall", "the hook is as it was without ctrace"]],
	options: [],
	run: async (context, args) => {
		args.atMost(0);
		const { path } = await findHook(placeOf(context));
		const text = readTextFile(path);
		const rest = text === undefined ? undefined : removeHook(text);
		if (text === undefined || rest === text) {
			context.stdout.write(`Nothing to do: ${path} has no lines of ctrace.\n`);
			return 0;
		}
		if (rest === undefined) rmSync(path);
		else replaceTextFile(path, rest, "Remove the lines between the two marks of ctrace by hand.");
		context.stdout.write(`${rest === undefined ? "Removed" : "Taken out of"}: ${path}\n`);
		return 0;
	},
};

const BY_HAND =
	"Call `git interpret-trailers` in it by hand, or go without: sessions know their commits anyway.";

/** What git would not run today must not run tomorrow because of us. */
function whyNot(
	{ path }: HookPlace,
	before: string | undefined,
	after: string | undefined,
): string | undefined {
	if (after === undefined) return "is no shell script: no lines can be added to it";
	const mode = before === undefined ? ANY_EXECUTE : statSync(path).mode;
	return (mode & ANY_EXECUTE) === 0 ? "is there and cannot be executed: git does not run it" : undefined;
}

function placeOf(context: CliContext) {
	return { directory: context.cwd, env: context.env, signal: context.interruptSignal() };
}
