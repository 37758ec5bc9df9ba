/**
 * The promises, one function each: given what a run left behind, it says what is wrong with it, or nothing. Pure; each is
 * shown to be able to fail by a control (controls.ts).
 */
import type { Facts, PairFacts, ShownTag, SittingFacts } from "./facts.ts";
import type { Fault } from "./fault.ts";

/** Longer than this no fault may hold up the command, or the shell after it. */
const HELD_UP_MS = 2500;

export interface Check {
	readonly name: string;
	readonly promise: string;
	readonly look: (facts: Facts, fault: Fault) => string | undefined;
}

export const CHECKS: readonly Check[] = [
	{
		name: "output",
		promise: "the terminal shows byte for byte what the command shows without ctrace",
		look: eachPair((pair, fault) => differentOutput(pair, fault)),
	},
	{
		name: "exit",
		promise: "the command ends as it does without ctrace, and the shell sees the same code",
		look: eachPair((pair, fault) => differentEnd(pair, fault)),
	},
	{
		name: "time",
		promise: "neither the command nor the shell after it is held up",
		look: eachPair((pair, fault) => heldUp(pair, fault)),
	},
	{
		name: "terminal",
		promise: "line settings are those from before, and no mode is left on that is off without ctrace",
		look: eachPair((pair, fault) => insane(pair, fault)),
	},
	{
		name: "record",
		promise: "what was shown up to a second before the fault is in the record, or marked as missing there",
		look: (facts, fault) => eachPair((pair) => lostLines(pair, promisedUntil(fault, facts)))(facts, fault),
	},
	{
		name: "told",
		promise:
			"what is not in the record is known to be missing: by its status, a gap, or one line at the terminal",
		look: eachPair((pair) => lostInSilence(pair)),
	},
	{
		name: "times",
		promise: "the session begins when it began, and lasts as long as it lasted, by a clock that nobody set",
		look: eachPair((pair) => wrongTimes(pair)),
	},
	{
		name: "store",
		promise: "the store passes PRAGMA integrity_check, or says in words that it is damaged",
		look: (facts, fault) => damaged(facts, fault),
	},
	{
		name: "secret",
		promise: "no secret, nor eight characters of one, is in any file",
		look: ({ leaks }) =>
			leaks.length === 0
				? undefined
				: leaks.map(({ label, form, where }) => `${label}, ${form}, in ${where}`).join("; "),
	},
	{
		name: "afterwards",
		promise: "what was hurt works again when the fault is over",
		look: ({ problems }) => (problems.length === 0 ? undefined : problems.join("; ")),
	},
];

function eachPair(
	look: (pair: PairFacts, fault: Fault) => string | undefined,
): (facts: Pick<Facts, "pairs">, fault: Fault) => string | undefined {
	return ({ pairs }, fault) => {
		const found = pairs.flatMap((pair) => look(pair, fault) ?? []);
		return found.length === 0 ? undefined : found.slice(0, 3).join("; ");
	};
}

/** The one line that ctrace may add, after everything else. */
const NOTICE = /ctrace: [^\r\n]*\r\n$/u;
/** The echo of Ctrl-Z stands where the key was typed. */
const FROM_THE_SHELL = /\^Z/gu;
/** Modes that ctrace switches off for a command that was killed. */
const SWITCHED_OFF = /(?:\u001b\[\??[\d;<>]*[a-zA-Z])+$/u;

export function noticeOf({ shown }: SittingFacts): string | undefined {
	return NOTICE.exec(shown)?.[0].trim();
}

function saidByCommand({ shown }: SittingFacts, { isShownCooked }: Fault): string {
	const said = shown.replace(NOTICE, "").replace(FROM_THE_SHELL, "");
	return isShownCooked === true ? said.replace(/\r+\n/gu, "\r\n") : said;
}

function differentOutput({ bare, wrapped }: PairFacts, fault: Fault): string | undefined {
	const { command = "undisturbed" } = fault;
	const [theirs, ours] = [saidByCommand(bare, fault), saidByCommand(wrapped, fault)];
	if (command === "undisturbed") return theirs === ours ? undefined : differenceOf(theirs, ours);
	// Both were cut short, at moments of their own: one is the beginning of the other.
	const [short, long] = [theirs, ours]
		.map((text) => text.replace(SWITCHED_OFF, ""))
		.sort((a, b) => a.length - b.length);
	return long?.startsWith(short ?? "") === true ? undefined : differenceOf(theirs, ours);
}

function differenceOf(theirs: string, ours: string): string {
	let at = 0;
	while (at < theirs.length && theirs[at] === ours[at]) at += 1;
	const around = (text: string) => JSON.stringify(text.slice(Math.max(0, at - 20), at + 60));
	return `differs at byte ${at} (of ${theirs.length} and ${ours.length}): ${around(ours)} instead of ${around(theirs)}`;
}

function differentEnd({ bare, wrapped }: PairFacts, fault: Fault): string | undefined {
	if (bare.ended !== wrapped.ended) return `the command ended with ${wrapped.ended} instead of ${bare.ended}`;
	if (fault.killsWrapper === true) return undefined; // without ctrace there is none to kill
	return bare.code === wrapped.code ? undefined : `the shell saw ${wrapped.code} instead of ${bare.code}`;
}

function heldUp({ bare, wrapped, waitedMs }: PairFacts, { isFlood }: Fault): string | undefined {
	const later = (ours: number | undefined, theirs: number | undefined) =>
		(ours ?? 0) - (theirs ?? ours ?? 0) - waitedMs;
	const took = later(wrapped.tookMs, bare.tookMs);
	if (took > HELD_UP_MS && isFlood !== true) return `the command took ${Math.round(took)} ms longer`;
	const back = later(wrapped.heldBackMs, bare.heldBackMs);
	return back > HELD_UP_MS ? `the shell came back ${Math.round(back)} ms later` : undefined;
}

const MODE = /\u001b\[\?(?<mode>\d+)(?<set>[hl])/gu;
/** On in a terminal that nobody has changed: the cursor is shown, lines wrap. */
const ON_FROM_THE_BEGINNING: readonly string[] = ["7", "25"];

function insane({ bare, wrapped }: PairFacts, { command, killsWrapper }: Fault): string | undefined {
	if (command === "hung-up" && killsWrapper !== true) return undefined; // there is no terminal any more
	const { before, after } = wrapped.settings;
	if (before === "" || before !== after) return `line settings ${after} instead of ${before}`;
	const [theirs, ours] = [modesLeft(bare), modesLeft(wrapped)];
	const left = ours.filter((mode) => !theirs.includes(mode));
	return left.length === 0 ? undefined : `modes left: ${left.join(", ")}`;
}

/** Of which a terminal would have to be reset. */
function modesLeft({ shown }: SittingFacts): string[] {
	const modes = new Map<string, boolean>();
	for (const { groups } of shown.matchAll(MODE)) modes.set(groups?.mode ?? "", groups?.set === "h");
	return [...modes].flatMap(([mode, isOn]) => (isOn === ON_FROM_THE_BEGINNING.includes(mode) ? [] : [mode]));
}

/** Lines that were shown and are not in the record. */
export function missingTags({ tags, record }: PairFacts): readonly ShownTag[] {
	const kept = new Set(Array.from(record.text.matchAll(/line \d{5,8};/gu), ([tag]) => tag));
	return tags.filter(({ tag }) => !kept.has(tag));
}

/** A line with what stands in it, roughly: enough to see whether a gap is large enough for it. */
const LEAST_LINE_BYTES = 12;

export function isMarked({ record }: PairFacts, missing: number): boolean {
	return record.isTruncated || record.gapBytes >= missing * LEAST_LINE_BYTES;
}

/** By the monotonic clock. */
export function promisedUntil({ record = "whole" }: Fault, facts: Pick<Facts, "promisedUntil">): number {
	if (record === "whole") return Number.POSITIVE_INFINITY;
	const nothing = Number.NEGATIVE_INFINITY;
	return record === "said" ? nothing : (facts.promisedUntil ?? nothing);
}

function lostLines(pair: PairFacts, until: number): string | undefined {
	const missing = missingTags(pair);
	const count = missing.length + pair.untold;
	if (count === 0 || isMarked(pair, count)) return undefined;
	const lost = missing.filter(({ at }) => at <= until);
	if (lost.length + pair.untold === 0) return undefined;
	const { status, refusal } = pair.record;
	return `${lost.length + pair.untold} of ${pair.tags.length + pair.untold} lines lost, from ${lost[0]?.tag} (session ${status}) ${refusal}`;
}

function lostInSilence(pair: PairFacts): string | undefined {
	const missing = missingTags(pair).length + pair.untold;
	if (missing === 0 || isMarked(pair, missing) || noticeOf(pair.wrapped) !== undefined) return undefined;
	const { status, refusal } = pair.record;
	if (status === "lost" || status === "failed" || isSaidDamaged(refusal)) return undefined;
	return `${missing} lines are missing, and nobody says so (session ${status}) ${refusal}`;
}

/** Starting and ending take a moment, more of them on a busy machine. */
const OFF_MS = 15_000;

function wrongTimes({ record: { timesOff, status } }: PairFacts): string | undefined {
	if (timesOff === undefined || status !== "complete") return undefined;
	const isRight = Math.abs(timesOff.start) < OFF_MS && Math.abs(timesOff.length) < OFF_MS;
	return isRight ? undefined : `begins ${timesOff.start} ms late, and lasts ${timesOff.length} ms too long`;
}

function isSaidDamaged(refusal: string): boolean {
	return /is damaged|is not a ctrace database|written by a newer ctrace/u.test(refusal);
}

function damaged({ integrity, pairs }: Facts, { destroysStore }: Fault): string | undefined {
	if (integrity === "ok" || integrity === "absent") return undefined;
	if (destroysStore === true)
		return pairs.every(({ record }) => record.refusal === "" || isSaidDamaged(record.refusal))
			? undefined
			: `the store was damaged, and ctrace said: ${pairs[0]?.record.refusal}`;
	return integrity;
}
