/** Masks one text: finds in every view, unites, replaces. */
import type { SecretRule } from "../patterns/secret-rule.ts";
import { findCutRests } from "./cut-words.ts";
import { findEverywhere, type Search } from "./find.ts";
import type { Finding, Located, Range, Span } from "./finding.ts";
import { Fragments } from "./fragments.ts";
import { createKnownValueFinder, type KnownValue } from "./known-values.ts";
import { neighbourhoods } from "./neighbourhood.ts";
import { createPersonalFinder } from "./pii/find-personal.ts";
import { CONTINUED, findPlaceholders, pseudonym, rememberTags, type Tag, withheld } from "./placeholder.ts";
import { appliesIn, type PrivacyMode } from "./privacy-mode.ts";
import { findPrivateKeys, mentionsKey } from "./private-key-block.ts";
import { outsidePublicBlocks } from "./public-armour.ts";
import { type Cut, planCuts } from "./ranges.ts";
import { Reading } from "./reading.ts";
import { createRecentTexts, type RecentTexts } from "./recent-texts.ts";
import { createScanner } from "./scan.ts";
import { isSettled, settleText } from "./screen-text.ts";
import { findUnknownTokens } from "./unknown-tokens.ts";
import { VALIDATORS } from "./validators.ts";
import { createWorkMeter, MaskingFailure } from "./work-meter.ts";

export interface MaskerOptions {
	readonly rules: readonly SecretRule[];
	readonly mode: PrivacyMode;
	readonly tag: Tag;
	readonly knownValues?: readonly KnownValue[];
	/** What a user knows to be harmless. Never applies to `MAXIMUM` rules and known values. */
	readonly allow?: readonly ((value: string) => boolean)[];
}

/** How many secrets were masked, by rule. */
export type MaskCounts = Readonly<Record<string, number>>;

export interface MaskedLines {
	readonly lines: readonly string[];
	readonly counts: MaskCounts;
	/** In offsets of the lines joined by "\n", after payloads and moves of the cursor were settled. */
	readonly spans: readonly Span[];
}

/**
 * Masks rows that a person reads as one text: a secret that runs over several of them is masked in each. What is found
 * is added to `fragments`, and pieces of what is in there are masked, too.
 */
export type LineMasker = (lines: readonly string[], fragments?: Fragments) => MaskedLines;

/** Replacing can bring new neighbours together; after this many rounds a text that still changes is withheld. */
const MAX_ROUNDS = 8;
export const WITHHELD_RULE = "withheld";

export function createLineMasker({
	rules,
	mode,
	tag,
	knownValues = [],
	allow = [],
}: MaskerOptions): LineMasker {
	const isStrict = appliesIn(mode, "LOW");
	const applied = rules.filter((rule) => appliesIn(mode, rule.level));
	const scanner = createScanner(applied, VALIDATORS, { cutTokens: isStrict });
	const findKnown = createKnownValueFinder(knownValues);
	const findPersonal = createPersonalFinder((level) => appliesIn(mode, level));
	const isAllowed = ({ level, secret }: Finding) =>
		level !== "MAXIMUM" && allow.some((knows) => knows(secret));
	const search: Search = {
		all: (reading, meter) => {
			const { text } = reading;
			const found = scanner.scan(reading, meter);
			findPersonal(reading, found);
			if (isStrict) findUnknownTokens(text, reading.tokenRuns, found);
			if (mentionsKey(text)) found.push(...findPrivateKeys(text));
			if (knownValues.length > 0) found.push(...findKnown(reading));
			return allow.length === 0 ? found : found.filter((finding) => !isAllowed(finding));
		},
		known: knownValues.length === 0 ? undefined : findKnown,
	};
	const steps = {
		search,
		isStrict,
		tag: rememberTags(tag),
		harmless: createRecentTexts(),
		clean: createRecentTexts(),
	};
	return (lines, fragments = new Fragments()) =>
		orWithhold(lines, () => {
			const whole = new Reading(joinLines(lines));
			if (fragments.isEmpty && steps.harmless.has(whole.text)) return { lines, counts: {}, spans: [] };
			return !whole.has("control") || isSettled(whole.text)
				? maskLines(lines, { ...steps, fragments }, whole)
				: maskLines(lines.map(settleText), { ...steps, fragments });
		});
}

/** Masks the pieces of what was found elsewhere, and nothing else. */
export type PieceMasker = (lines: readonly string[], fragments: Fragments) => MaskedLines;

export function createPieceMasker(tag: Tag): PieceMasker {
	const nothing = { harmless: createRecentTexts(), clean: createRecentTexts() };
	const steps = { search: undefined, isStrict: false, tag: rememberTags(tag), ...nothing };
	return (lines, fragments) => orWithhold(lines, () => maskLines(lines, { ...steps, fragments }));
}

function orWithhold(lines: readonly string[], mask: () => MaskedLines): MaskedLines {
	try {
		return mask();
	} catch (cause) {
		return withhold(lines, cause instanceof MaskingFailure ? cause.message : "masking failed");
	}
}

interface Steps {
	/** Undefined: pieces of what was found elsewhere, and nothing else. */
	readonly search: Search | undefined;
	readonly tag: Tag;
	/** Whole texts in which nothing was found: names of tools, of models, of states stand in a record thousands of times. */
	readonly harmless: RecentTexts;
	/** Neighbourhoods of placeholders in which nothing was found. */
	readonly clean: RecentTexts;
	readonly fragments: Fragments;
	readonly isStrict: boolean;
}

function joinLines(lines: readonly string[]): string {
	return lines.length === 1 ? (lines[0] ?? "") : lines.join("\n");
}

/** `whole` are the lines as one text. */
function maskLines(
	lines: readonly string[],
	steps: Steps,
	whole = new Reading(joinLines(lines)),
): MaskedLines {
	let current = lines;
	const counts: Record<string, number> = {};
	let spans: readonly Span[] = [];
	const searched = new Set<string>();
	for (let round = 0; round < MAX_ROUNDS; round += 1) {
		const cuts = round === 0 ? planFirst(whole, steps) : planNext(joinLines(current), steps, searched);
		if (cuts.length === 0) return { lines: current, counts, spans };
		for (const { finding, isHead } of cuts) {
			if (isHead) counts[finding.ruleId] = (counts[finding.ruleId] ?? 0) + 1;
		}
		if (round === 0) spans = cuts.map(toSpan);
		current = replaceInLines(current, cuts, steps.tag);
	}
	throw new MaskingFailure("masking does not settle");
}

function planFirst(whole: Reading, steps: Steps): Cut[] {
	const barriers = () => (whole.has("bracket") ? findPlaceholders(whole.text) : []);
	return planRound(whole, { barriers, found: findFirst(whole, steps) }, steps);
}

function findFirst(whole: Reading, { search, harmless }: Steps): readonly Located[] {
	if (search === undefined || harmless.has(whole.text)) return [];
	const everything = findEverywhere(whole, search, createWorkMeter(whole.text.length));
	const found = outsidePublicBlocks(everything, whole.text);
	if (found.length === 0 && !whole.has("control")) harmless.add(whole.text);
	return found;
}

/** `searched` are the neighbourhoods in which earlier rounds found nothing: most stay as they are. */
function planNext(text: string, steps: Steps, searched: Set<string>): Cut[] {
	const placeholders = findPlaceholders(text);
	const found = findAgain(text, placeholders, { ...steps, searched });
	return planRound(new Reading(text), { barriers: () => placeholders, found }, steps);
}

interface Round {
	readonly barriers: () => readonly Range[];
	readonly found: readonly Located[];
}

function planRound(reading: Reading, { barriers, found }: Round, steps: Steps): Cut[] {
	const rests = steps.isStrict ? findCutRests(reading.text, found) : [];
	const pieces = steps.fragments.isEmpty ? [] : steps.fragments.find(reading).map(inPlace);
	if (found.length > 0) steps.fragments.addAll(found.map(({ finding }) => finding));
	const all = [...found, ...rests, ...pieces];
	return all.length === 0 ? [] : planCuts(all, barriers());
}

function inPlace(finding: Finding): Located {
	return { finding, pieces: [{ start: finding.start, end: finding.end }] };
}

/** Only beside a placeholder can there be something new. */
function findAgain(
	text: string,
	placeholders: readonly Range[],
	{ search, clean, searched }: Steps & { readonly searched: Set<string> },
): readonly Located[] {
	const found: Located[] = [];
	if (search === undefined) return found;
	for (const { start, end } of neighbourhoods(text, placeholders)) {
		const part = text.slice(start, end);
		if (searched.has(part) || clean.has(part)) continue;
		const located = findEverywhere(new Reading(part), search, createWorkMeter(part.length));
		if (located.length === 0) {
			clean.add(part);
			searched.add(part);
		}
		for (const { finding, pieces } of located) {
			found.push({
				finding,
				pieces: pieces.map((piece) => ({ start: piece.start + start, end: piece.end + start })),
			});
		}
	}
	return outsidePublicBlocks(found, text);
}

function withhold(lines: readonly string[], reason: string): MaskedLines {
	const length = lines.join("\n").length;
	const span: Span = { start: 0, end: length, ruleId: WITHHELD_RULE, level: "MAXIMUM" };
	const isEmpty = length === 0;
	return {
		lines: lines.map((line) => (line === "" ? "" : withheld(reason))),
		counts: isEmpty ? {} : { [WITHHELD_RULE]: 1 },
		spans: isEmpty ? [] : [span],
	};
}

function toSpan({ start, end, finding }: Cut): Span {
	return { start, end, ruleId: finding.ruleId, level: finding.level };
}

/** Every line stays a line; a cut that runs over a line's end goes on in the next. */
function replaceInLines(lines: readonly string[], cuts: readonly Cut[], tag: Tag): string[] {
	let offset = 0;
	let first = 0;
	return lines.map((line) => {
		const range = { start: offset, end: offset + line.length };
		offset = range.end + 1;
		while (first < cuts.length && (cuts[first]?.end ?? 0) <= range.start) first += 1;
		return replaceInLine(line, range, { cuts, first, tag });
	});
}

interface Replacement {
	readonly cuts: readonly Cut[];
	readonly first: number;
	readonly tag: Tag;
}

function replaceInLine(line: string, range: Range, { cuts, first, tag }: Replacement): string {
	let masked = "";
	let kept = range.start;
	for (let i = first; i < cuts.length; i += 1) {
		const cut = cuts[i];
		if (cut === undefined || cut.start >= range.end) break;
		masked += line.slice(kept - range.start, Math.max(cut.start, range.start) - range.start);
		masked += cut.isHead && cut.start >= range.start ? label(cut.finding, tag) : CONTINUED;
		kept = Math.min(cut.end, range.end);
	}
	return masked + line.slice(kept - range.start);
}

function label(finding: Finding, tag: Tag): string {
	return finding.replacement ?? pseudonym(finding.ruleId, tag(finding.ruleId, finding.secret));
}
