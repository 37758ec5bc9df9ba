/**
 * Collapsed groups ("Ran 1 shell command") name their tools only while they run, one after the other, in the line
 * below. What was glimpsed is remembered by the group's place: the how-manieth run of tools of its turn it is in.
 */
import { type Look, matchText } from "../core/look.ts";
import type { Entry } from "./entry.ts";
import { entryNotes } from "./entry-notes.ts";
import type { Glimpse } from "./open-turn.ts";
import { readCall } from "./tool-call.ts";

export type Glimpses = ReadonlyMap<number, readonly Glimpse[]>;

export interface Run {
	readonly ordinal: number;
	readonly entries: readonly Entry[];
}

const TOOLISH: readonly Entry["kind"][] = ["tool", "group"];

/** For every entry, which run of tools it belongs to; entries of other kinds end a run. */
export function runOrdinals(entries: readonly Entry[]): readonly (number | undefined)[] {
	let ordinal = -1;
	let inRun = false;
	return entries.map((entry) => {
		if (TOOLISH.includes(entry.kind)) {
			if (!inRun) ordinal++;
			inRun = true;
			return ordinal;
		}
		if (entry.kind === "assistant" || entry.kind === "fragment") inRun = false;
		return undefined;
	});
}

/** Adds what the groups on the screen name right now. */
export function noteGlimpses(look: Look, glimpses: Glimpses, entries: readonly Entry[]): Glimpses {
	const ordinals = runOrdinals(entries);
	let noted = glimpses;
	entries.forEach((entry, index) => {
		const ordinal = ordinals[index];
		if (ordinal === undefined) return;
		for (const glimpse of glimpsesIn(look, entry)) noted = addGlimpse(noted, ordinal, glimpse);
	});
	return noted;
}

/** A tool names itself, a group what it is at. Entries stay what they are: each is asked once. */
function glimpsesIn(look: Look, entry: Entry): readonly Glimpse[] {
	const notes = entryNotes(entry);
	if (notes.glimpses !== undefined) return notes.glimpses;
	const results = entry.kind === "group" ? entry.results : [];
	const glimpses =
		entry.kind === "tool"
			? [toolOf(look, entry)]
			: results
					.map((result) => readGlimpse(look, entry, result.text))
					.filter((glimpse) => glimpse !== undefined);
	notes.glimpses = glimpses;
	return glimpses;
}

export function addGlimpse(glimpses: Glimpses, ordinal: number, glimpse: Glimpse): Glimpses {
	const known = glimpses.get(ordinal) ?? [];
	const at = known.findIndex((each) => each.name === glimpse.name && overlaps(each.input, glimpse.input));
	if (at < 0) return new Map(glimpses).set(ordinal, [...known, glimpse]);
	const longer = (known[at]?.input.length ?? 0) >= glimpse.input.length ? known[at] : glimpse;
	if (longer === known[at] || longer === undefined) return glimpses;
	return new Map(glimpses).set(ordinal, known.with(at, longer));
}

/** One is the beginning of the other (the same call, cut by the row's end) or the end of its path. */
function overlaps(a: string, b: string): boolean {
	const [x, y] = [a.replace(/…$/u, ""), b.replace(/…$/u, "")];
	return x.startsWith(y) || y.startsWith(x) || x.endsWith(`/${y}`) || y.endsWith(`/${x}`);
}

/** A tool in full now may stand in a collapsed group later: when the detailed view is left again. */
function toolOf(look: Look, entry: Entry): Glimpse {
	const { name, input = "" } = readCall(look, entry.text);
	return { name, input };
}

/** What a group stands for: the tools glimpsed in its run but for those that stand there in full. */
export function glimpsesFor(look: Look, glimpses: Glimpses, run: Run): readonly Glimpse[] {
	const shown = run.entries.filter((entry) => entry.kind === "tool").map((entry) => toolOf(look, entry));
	const isShown = (glimpse: Glimpse) =>
		shown.some((tool) => tool.name === glimpse.name && overlaps(tool.input, glimpse.input));
	return (glimpses.get(run.ordinal) ?? []).filter((glimpse) => !isShown(glimpse));
}

function readGlimpse(look: Look, entry: Entry, text: string): Glimpse | undefined {
	const command = matchText(look, "group-hint", text)?.groups.command;
	if (command !== undefined) return { name: "Bash", input: command };
	const { name, input = "" } = readCall(look, text);
	if (name.startsWith("mcp__")) return { name, input };
	const says = (kind: "interrupted" | "failed" | "rejected" | "pending-result" | "omitted-lines") =>
		matchText(look, kind, text) !== undefined;
	if (says("interrupted") || says("failed") || says("rejected") || says("pending-result")) return undefined;
	if (says("omitted-lines") || text.includes("\n") || entry.isRunning !== true) return undefined;
	const isSearch = /^["“/]/u.test(text);
	if (!isSearch && SHELL.test(text)) return { name: "Bash", input: text };
	return { name: isSearch ? "Grep" : "Read", input: text.replace(/^["“]|["”]$/gu, "") };
}

/** Some versions (2.1.75) put no `$` before a command: words with blanks between them, or the shell's own signs. */
const SHELL = /\S\s+\S|[;|&<>$]/u;
