/**
 * Compares exported turns with the truth. Pure.
 *
 * Prompts are paired first, in order and word for word; answers, tools and interrupts count only
 * inside a pair, so a lost or doubled turn costs everything that hangs on it.
 */
import type { Exported, ExportedItem, ExportedTurn } from "./exported.ts";
import type { Decision, Submitted } from "./play.ts";
import { shownTools } from "./shown.ts";
import { isSameTool } from "./tool-match.ts";
import type { TruthItem, TruthTurn } from "./truth.ts";
import { commonInOrder, squeezed, wordsAndPicturesOf, wordsOf } from "./words.ts";

export interface Share {
	readonly found: number;
	readonly of: number;
}

export interface Score {
	/** Prompts of every kind that the transcript holds. */
	readonly prompts: Share;
	/** Exported turns that nobody asked for. */
	readonly spurious: number;
	readonly recall: number;
	readonly precision: number;
	/** Tool calls that stood on the screen with their main argument. */
	readonly tools: Share;
	/** Every tool call, also those that the screen folded away. */
	readonly allTools: Share;
	/** Decisions taken in permission dialogs; one that nobody took counts against it in `of`. */
	readonly permissions: Share;
	/** Turns whose interruption was noticed; a false one counts in `of`. */
	readonly interrupts: Share;
	/** What is missing or too much, one line each, for the person who mends it. */
	readonly misses: readonly string[];
}

export interface Evidence {
	readonly truth: readonly TruthTurn[];
	readonly exported: Exported;
	readonly submitted: readonly Submitted[];
	readonly decisions: readonly Decision[];
	/** Prompts that the person stopped: the transcript tells a stopped tool from a refused one by nothing. */
	readonly interrupted: readonly string[];
	/** Rows that were on the screen: they tell which calls a person could have seen. */
	readonly rowsSeen?: readonly string[];
	/** The calls that a person saw, where that is known itself. */
	readonly shown?: ReadonlySet<TruthItem>;
}

interface Pair {
	readonly truth: TruthTurn;
	readonly exported: ExportedTurn | undefined;
}

export function score(evidence: Evidence): Score {
	const { truth, exported } = evidence;
	const misses: string[] = [];
	const pairs = pairUp(truth, exported.turns);
	for (const pair of pairs) {
		if (pair.exported === undefined) misses.push(`prompt missing: ${brief(pair.truth.prompt.text)}`);
	}
	const spurious = spuriousTurns(pairs, exported.turns, evidence.submitted);
	for (const turn of spurious) misses.push(`spurious ${turn.prompt.kind}: ${brief(turn.prompt.text)}`);
	const shown = evidence.shown ?? shownTools(truth, evidence.rowsSeen ?? []);
	return {
		prompts: { found: pairs.filter((pair) => pair.exported !== undefined).length, of: pairs.length },
		spurious: spurious.length,
		...scoreWords(pairs, spurious, misses),
		tools: scoreTools(pairs, (tool) => shown.has(tool), misses),
		allTools: scoreTools(pairs, () => true, []),
		permissions: scorePermissions(evidence.decisions, exported.turns, misses),
		interrupts: scoreInterrupts(pairs, evidence.interrupted, misses),
		misses,
	};
}

/** Each truth with the first exported turn after the last pair that has the same kind and the same words. */
function pairUp(truth: readonly TruthTurn[], exported: readonly ExportedTurn[]): Pair[] {
	let from = 0;
	return truth.map((turn) => {
		const at = exported.findIndex((candidate, index) => index >= from && isSamePrompt(turn, candidate));
		if (at >= 0) from = at + 1;
		return { truth: turn, exported: exported[at] };
	});
}

function isSamePrompt(truth: TruthTurn, exported: ExportedTurn): boolean {
	if (truth.prompt.kind !== exported.prompt.kind) return false;
	return promptText(truth.prompt) === promptText(exported.prompt);
}

/** The mark that makes a shell command or a memory of a line may be kept or left out. */
function promptText({ kind, text }: { readonly kind: string; readonly text: string }): string {
	return squeezed(kind === "bash" || kind === "memory" ? text.replace(/^\s*[!#]/, "") : text);
}

/** A command may leave no line in the transcript; it is no intruder when it was really typed. */
function spuriousTurns(
	pairs: readonly Pair[],
	exported: readonly ExportedTurn[],
	submitted: readonly Submitted[],
): ExportedTurn[] {
	const paired = new Set(pairs.map((pair) => pair.exported));
	const typed = submitted.filter((entry) => entry.kind !== "prompt").map(promptText);
	return exported.filter((turn) => {
		if (paired.has(turn)) return false;
		if (turn.prompt.kind === "none") return turn.items.some(isConversation);
		if (turn.prompt.kind === "prompt") return true;
		const at = typed.indexOf(promptText(turn.prompt));
		if (at >= 0) typed.splice(at, 1);
		return at < 0;
	});
}

function isConversation(item: ExportedItem): boolean {
	return item.kind === "assistant" || item.kind === "tool";
}

/** Over all turns and over the model's turns alone, with pictures and without: the worst of them counts. */
function scoreWords(pairs: readonly Pair[], spurious: readonly ExportedTurn[], misses: string[]) {
	const asked = pairs.filter((pair) => pair.truth.prompt.kind === "prompt");
	const counts = [wordsOf, wordsAndPicturesOf].flatMap((split) => {
		const extra = spurious.reduce((sum, turn) => sum + split(answerOf(turn)).length, 0);
		return [countWords(pairs, split, extra), countWords(asked, split, 0)];
	});
	misses.push(...(counts[0]?.misses ?? []));
	return {
		recall: Math.min(...counts.map((count) => ratio(count.hit, count.truth))),
		precision: Math.min(...counts.map((count) => ratio(count.hit, count.exported))),
	};
}

function countWords(pairs: readonly Pair[], split: (text: string) => string[], extra: number) {
	const sum = { truth: 0, exported: extra, hit: 0 };
	const misses: string[] = [];
	for (const pair of pairs) {
		const truth = split(texts(pair.truth.items));
		const exported = split(pair.exported === undefined ? "" : answerOf(pair.exported));
		const hit = commonInOrder(truth, exported);
		sum.truth += truth.length;
		sum.exported += exported.length;
		sum.hit += hit;
		if (hit < truth.length || hit < exported.length) {
			const what = `${hit} words of ${truth.length} written and ${exported.length} exported`;
			misses.push(`answer to ${brief(pair.truth.prompt.text)}: ${what}; ${firstDifference(truth, exported)}`);
		}
	}
	return { ...sum, misses };
}

const WORDS_QUOTED = 6;

function firstDifference(truth: readonly string[], exported: readonly string[]): string {
	const at = truth.findIndex((word, index) => word !== exported[index]);
	const from = at < 0 ? truth.length : at;
	const quote = (words: readonly string[]) => `"${words.slice(from, from + WORDS_QUOTED).join(" ")}"`;
	return `from word ${from + 1}: written ${quote(truth)}, exported ${quote(exported)}`;
}

function scoreTools(
	pairs: readonly Pair[],
	counts: (tool: TruthTurn["items"][number]) => boolean,
	misses: string[],
): Share {
	let found = 0;
	let of = 0;
	for (const pair of pairs) {
		const left = (pair.exported?.items ?? []).filter((item) => item.kind === "tool");
		for (const tool of pair.truth.items) {
			if (tool.kind !== "tool" || !counts(tool)) continue;
			of += 1;
			const at = left.findIndex((item) => isSameTool(tool, item));
			if (at >= 0) {
				found += 1;
				left.splice(at, 1);
			} else misses.push(`tool missing: ${tool.name} ${brief(JSON.stringify(tool.input))}`);
		}
	}
	return { found, of };
}

function scorePermissions(
	decisions: readonly Decision[],
	exported: readonly ExportedTurn[],
	misses: string[],
): Share {
	const items = exported.flatMap((turn) => turn.items.filter((item) => item.kind === "permission"));
	let from = 0;
	let found = 0;
	for (const decision of decisions) {
		const at = items.findIndex((item, index) => index >= from && isSameDecision(decision, item));
		if (at >= 0) {
			found += 1;
			from = at + 1;
		} else misses.push(`decision missing: ${decision.question} → ${decision.choice ?? "Esc"}`);
	}
	if (found < Math.max(decisions.length, items.length)) {
		const said = items.map((item) => `${item.tool ?? "?"}: ${item.question} → ${item.choice ?? "nothing"}`);
		misses.push(`decisions in the record: ${said.join("; ")}`);
	}
	return { found, of: Math.max(decisions.length, items.length) };
}

/** A line to type in instead of a plain "No" shows whatever stands in it, and some versions paint "No" over older text. */
const REFUSAL = /^(no|type here)/i;

function isSameDecision(decision: Decision, item: ExportedItem): boolean {
	if (!close(item.question).includes(close(decision.question))) return false;
	if (item.tool !== undefined && item.tool !== decision.tool) return false;
	// Esc is a refusal: some dialogs say so in the label of "No".
	if (decision.choice === undefined) return REFUSAL.test(item.choice ?? "no");
	if (REFUSAL.test(decision.choice)) return REFUSAL.test(item.choice ?? "");
	return close(item.choice) === close(decision.choice);
}

/** Dialogs wrap their labels at any place: blanks say nothing there. */
function close(text: string | undefined): string {
	return (text ?? "").replace(/\s+/g, "");
}

function scoreInterrupts(pairs: readonly Pair[], stopped: readonly string[], misses: string[]): Share {
	let found = 0;
	let of = 0;
	const prompts = stopped.map(squeezed);
	for (const { truth, exported } of pairs) {
		const isWanted = truth.isInterrupted || prompts.includes(squeezed(truth.prompt.text));
		const isRefused = truth.items.some((item) => item.kind === "tool" && item.isRejected === true);
		const said = exported?.status === "interrupted";
		if (!isWanted && (!said || isRefused)) continue;
		of += 1;
		if (isWanted && said) found += 1;
		else misses.push(`${said ? "no" : "missed"} interrupt: ${brief(truth.prompt.text)}`);
	}
	return { found, of };
}

function texts(items: TruthTurn["items"]): string {
	return items.flatMap((item) => (item.kind === "assistant" ? [item.text] : [])).join("\n");
}

function answerOf(turn: ExportedTurn): string {
	return turn.items.flatMap((item) => (item.kind === "assistant" ? [item.text ?? ""] : [])).join("\n");
}

function ratio(part: number, whole: number): number {
	return whole === 0 ? 1 : part / whole;
}

const BRIEF_CHARACTERS = 60;

function brief(text: string): string {
	return JSON.stringify(squeezed(text).slice(0, BRIEF_CHARACTERS));
}
