/** Which rule would have made a permission dialog needless, in the words of Claude Code's settings. */
import type { MeasureMarks } from "../../core/measure-marks.ts";
import type { PermissionItem, ToolItem } from "../../core/turn.ts";
import { commandOf } from "./items.ts";

/** Programs whose first argument says what they do. */
const HAS_SUBCOMMANDS =
	/^(?:git|npm|pnpm|yarn|bun|npx|cargo|go|docker|kubectl|gh|pip|uv|poetry|make|dotnet|terraform|brew|apt|systemctl)$/u;
const PLAIN_WORD = /^[\w./@:+-]+$/u;

/** As the dialog itself offered to keep it, `Bash(npm run test *)`; a tool that runs no commands is its own rule. */
export function offeredRuleOf(permission: PermissionItem, marks: MeasureMarks): string | undefined {
	const { tool, options } = permission;
	if (tool === undefined) return undefined;
	if (!marks.shellTools.has(tool)) return tool;
	const offered = options.map((option) => marks.offeredRule.exec(option)?.groups?.rule).find(Boolean);
	return offered === undefined ? undefined : `${tool}(${withStar(offered)})`;
}

/** By the command that was run; undefined for several commands in one line: no rule short of all would cover them. */
export function ruleOfCall(call: ToolItem, marks: MeasureMarks): string | undefined {
	if (!marks.shellTools.has(call.name)) return call.name;
	const begin = beginningOf(commandOf(call, marks));
	return begin === undefined ? undefined : `${call.name}(${withStar(begin)})`;
}

function withStar(words: string): string {
	return words.endsWith("*") ? words.replace(/:\*$/u, " *") : `${words} *`;
}

/** The words of a command that stay the same when it is run again. */
function beginningOf(command: string | undefined): string | undefined {
	if (command === undefined || /[;&|`$<>\n]/u.test(command)) return undefined;
	const [program, sub, third] = command.trim().split(/\s+/u);
	if (program === undefined || !PLAIN_WORD.test(program)) return undefined;
	if (sub === undefined || !HAS_SUBCOMMANDS.test(program) || !isArgument(sub)) return program;
	return sub === "run" && third !== undefined && isArgument(third)
		? `${program} ${sub} ${third}`
		: `${program} ${sub}`;
}

function isArgument(word: string): boolean {
	return PLAIN_WORD.test(word) && !word.startsWith("-");
}
