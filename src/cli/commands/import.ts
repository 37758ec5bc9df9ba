import { resolve } from "node:path";
import { CtraceError } from "../../core/errors.ts";
import type { TerminalSize } from "../../core/event.ts";
import type { ImportRequest, ImportResult } from "../../import/import-recordings.ts";
import type { Command, CommandArguments } from "../command.ts";
import { type CliContext, printJson } from "../context.ts";
import { createProgressLine } from "../render/import-progress.ts";
import { shortId } from "../render/view.ts";
import { oneLine } from "../text/fit.ts";

/** What shells give a program that ended by SIGINT. */
const CANCELLED_EXIT = 130;

export const importCommand: Command = {
	path: ["import"],
	operands: "FILE…",
	summary: "Import past sessions of Claude Code, or recordings",
	examples: [
		["ctrace import ~/.claude", "all that Claude Code wrote down; again for what is new"],
		["ctrace import demo.cast", "an asciicast, version 1, 2 or 3"],
		["ctrace import ~/recordings", "all recordings in a directory and below"],
		["ctrace import typescript --timing timing", "what script(1) recorded"],
		["ctrace import out.raw --size 120x40", "terminal output without times or size"],
	],
	options: [
		{ name: "timing", value: "FILE", summary: "The timing file of the one typescript" },
		{ name: "size", value: "COLSxROWS", summary: "The terminal's size where a file does not tell" },
		{ name: "json", summary: "Print what was imported as JSON" },
	],
	completes: "file",
	run: async (context, args) => {
		const isJson = args.has("json");
		const progress = createProgressLine(context.stderr, context.now);
		const result = await context.importRecordings({
			...readRequest(context, args),
			onProgress: progress.show,
			onOutcome: (outcome) => {
				if (isJson && outcome.kind !== "failed") return;
				progress.clear();
				tell(context, outcome);
			},
		});
		progress.clear();
		if (isJson) printJson(context, toJson(result));
		else context.stdout.write(`${summarise(result)}\n`);
		if (result.isCancelled) return CANCELLED_EXIT;
		return result.failures.length > 0 || isNothing(result) ? 1 : 0;
	},
};

function readRequest(
	context: CliContext,
	args: CommandArguments,
): Pick<ImportRequest, "paths" | "timing" | "size"> {
	const paths = args.operands.map((path) => resolve(context.cwd, path));
	if (paths.length === 0)
		throw new CtraceError("usage", "import what? No file was named", {
			hint: "For example: ctrace import demo.cast",
		});
	const timing = args.text("timing");
	if (timing !== undefined && paths.length > 1)
		throw new CtraceError("usage", "--timing belongs to one typescript, and several files were named");
	const size = args.text("size");
	return {
		paths,
		...(timing === undefined ? {} : { timing: resolve(context.cwd, timing) }),
		...(size === undefined ? {} : { size: readSize(size) }),
	};
}

function readSize(text: string): TerminalSize {
	const [, cols, rows] = /^([1-9]\d{0,2}|1000)[x×]([1-9]\d{0,2}|1000)$/iu.exec(text.trim()) ?? [];
	if (cols !== undefined && rows !== undefined) return { cols: Number(cols), rows: Number(rows) };
	throw new CtraceError("usage", `--size must be COLSxROWS, not ${JSON.stringify(text)}`, {
		hint: "For example: --size 120x40",
	});
}

function tell(context: CliContext, outcome: Parameters<ImportRequest["onOutcome"]>[0]): void {
	const file = oneLine(outcome.file);
	switch (outcome.kind) {
		case "imported":
			context.stdout.write(
				`${shortId(outcome.sessionId)}  ${turnsText(outcome.turns)}${badText(outcome)}  ${file}\n`,
			);
			break;
		case "unchanged":
			// Of a whole directory that is imported every day only what is new is worth a line.
			if ("badLines" in outcome) break;
			context.stdout.write(`${shortId(outcome.sessionId)}  was imported before  ${file}\n`);
			break;
		case "failed":
			context.stderr.write(`ctrace: ${file}: ${oneLine(outcome.reason)}\n`);
			if (outcome.hint !== undefined) context.stderr.write(`${outcome.hint}\n`);
	}
}

function turnsText(count: number): string {
	return `${count} ${count === 1 ? "turn" : "turns"}`;
}

function badText(outcome: ImportResult["outcomes"][number]): string {
	const count = "badLines" in outcome ? outcome.badLines : 0;
	return count === 0 ? "" : ` (${count} unreadable ${count === 1 ? "line" : "lines"})`;
}

function isNothing(result: ImportResult): boolean {
	return result.outcomes.length === 0 && result.failures.length === 0;
}

function summarise(result: ImportResult): string {
	const imported = result.outcomes.filter(({ kind }) => kind === "imported").length;
	const unchanged = result.outcomes.length - imported;
	const { failures, skipped } = result;
	const parts = [`${imported} imported`];
	if (unchanged > 0) parts.push(`${unchanged} imported before`);
	if (failures.length > 0) parts.push(`${failures.length} failed`);
	if (skipped > 0) parts.push(`${skipped} skipped: no recordings`);
	if (result.isCancelled) parts.push("then stopped");
	return parts.join(", ");
}

/** `imported`, `unchanged` and `failed` in the order of the files. */
function toJson(result: ImportResult) {
	const of = (wanted: ImportResult["outcomes"][number]["kind"]) =>
		result.outcomes.filter(({ kind }) => kind === wanted).map(({ kind: _kind, ...rest }) => rest);
	return {
		imported: of("imported"),
		unchanged: of("unchanged"),
		failed: result.failures,
		skipped: result.skipped,
		isComplete: !result.isCancelled,
	};
}
