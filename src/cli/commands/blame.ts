import { realpathSync } from "node:fs";
import { type BlamedLine, blameLines } from "../../backup/linking/blame-line.ts";
import { findOrigin, type Origin } from "../../backup/linking/find-origin.ts";
import { CtraceError } from "../../core/errors.ts";
import type { Store, StoredSession } from "../../store/store.ts";
import type { Command } from "../command.ts";
import { type CliContext, printJson, show } from "../context.ts";
import { shortId } from "../render/view.ts";
import { oneLine, padEnd, truncate } from "../text/fit.ts";
import { resolveDirectory } from "./sessions-list.ts";

const WEEK_MS = 7 * 86_400_000;
/** Sessions that are looked into, the newest before the commit first. */
const MOST_SESSIONS = 50;
const LINE_COLUMNS = 60;

export const blameCommand: Command = {
	path: ["blame"],
	section: "Figures",
	operands: "FILE[:LINE]",
	summary: "Find the session and turn that wrote a line",
	examples: [
		["ctrace blame src/login.ts:42", "which turn wrote it, and how sure that is"],
		["ctrace blame src/login.ts", "of every line"],
	],
	options: [{ name: "json", summary: "Print it as JSON" }],
	completes: "file",
	run: async (context, args) => {
		const [operand] = args.atMost(1);
		if (operand === undefined) throw new CtraceError("usage", "of which file? ctrace blame FILE[:LINE]");
		const { file, line } = parseOperand(operand);
		const place = {
			env: context.env,
			signal: context.interruptSignal(),
			cwd: context.cwd,
			now: context.now(),
		};
		const lines = await blameLines(file, line, place);
		using store = context.openStore();
		const [{ top } = { top: context.cwd }] = lines;
		const cwd = resolveDirectory(context, realpathSync(top));
		const sessions = sessionsFor(store, lines, cwd).map((id) => store.readSession(id));
		const origins = originsOf(lines, sessions, context);
		if (args.has("json"))
			printJson(context, {
				file,
				lines: lines.map((one, index) => ({
					...facts(one),
					line: (line ?? 1) + index,
					origin: origins[index],
				})),
			});
		else await show(context, render(lines, origins, line ?? 1));
		return origins.some((origin) => origin !== undefined) ? 0 : 1;
	},
};

/** Those that made one of the commits, wherever that was, and those that ran in the repository at the time. */
function sessionsFor(store: Store, lines: readonly BlamedLine[], cwd: string): string[] {
	const ids = lines.flatMap(({ sessions }) => sessions);
	const commits = [...new Set(lines.flatMap(({ commit }) => commit ?? []))];
	const oldest = lines.reduce((least, { at }) => Math.min(least, at), Number.MAX_SAFE_INTEGER);
	const found = [
		...store.listSessions({ named: { ids, commits }, limit: MOST_SESSIONS }),
		...store.listSessions({ cwd, since: oldest - WEEK_MS, limit: MOST_SESSIONS }),
	];
	return [...new Set(found.map(({ session }) => session.id))];
}

/** A colon and a number at the end name a line. */
function parseOperand(operand: string): { readonly file: string; readonly line: number | undefined } {
	const match = /^(?<file>.+):(?<line>[1-9]\d{0,8})$/u.exec(operand);
	const { file = operand, line } = match?.groups ?? {};
	return { file, line: line === undefined ? undefined : Number(line) };
}

function originsOf(
	lines: readonly BlamedLine[],
	sessions: readonly StoredSession[],
	context: CliContext,
): (Origin | undefined)[] {
	const marks = context.measureMarks();
	return lines.map((line) => findOrigin(line, sessions, marks));
}

function facts({ commit, at, summary }: BlamedLine) {
	return { ...(commit === undefined ? {} : { commit }), at: new Date(at).toISOString(), summary };
}

function render(
	lines: readonly BlamedLine[],
	origins: readonly (Origin | undefined)[],
	first: number,
): string {
	const [only] = lines;
	const [origin] = origins;
	if (lines.length === 1 && only !== undefined) return renderOne(only, origin);
	return lines
		.map(
			(line, index) =>
				`${padEnd(originText(origins[index]), 32)} ${first + index}: ${truncate(oneLine(line.text), LINE_COLUMNS)}\n`,
		)
		.join("");
}

function renderOne(line: BlamedLine, origin: Origin | undefined): string {
	const commit =
		line.commit === undefined ? "not committed yet" : `${line.commit.slice(0, 10)} ${oneLine(line.summary)}`;
	if (origin === undefined) return `${commit}\nNo recorded session can have written it.\n`;
	return `${commit}\n${originText(origin)}: ${origin.because}\nctrace sessions show ${shortId(origin.sessionId)}\n`;
}

function originText(origin: Origin | undefined): string {
	if (origin === undefined) return "-";
	const turn = origin.turnSeq === undefined ? "" : ` turn ${origin.turnSeq}`;
	return `${shortId(origin.sessionId)}${turn} (${origin.confidence})`;
}
