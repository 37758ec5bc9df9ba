/**
 * The rule engine: keywords first, then only the rules whose keyword occurred, each only in a window around
 * it. On ordinary text that is one pass of the automaton and almost nothing else.
 */
import type { RuleMatch, SecretRule } from "../patterns/secret-rule.ts";
import type { Finding, Range } from "./finding.ts";
import { createKeywordAutomaton } from "./keyword-automaton.ts";
import type { Validators } from "./validators.ts";
import { MaskingFailure, type WorkMeter } from "./work-meter.ts";

export interface Scanner {
	/** Every finding of every rule, unordered. Throws `MaskingFailure` when the meter runs out or a rule errs. */
	scan(text: string, meter: WorkMeter): Finding[];
}

/** A match that touches its window's edge is searched again in a wider one, up to this; then it is masked as it is. */
const MAX_WINDOW_CHARS = 32_768;
/** Text without keywords to go by is looked at in windows of this size … */
const BLIND_WINDOW = 4096;
/** … that share this much, so that a match on a border is whole in one of them. */
const BLIND_OVERLAP = 1024;

export function createScanner(rules: readonly SecretRule[], validators: Validators): Scanner {
	const words = [...new Set(rules.flatMap((rule) => rule.keywords))];
	const indexOf = new Map(words.map((word, index) => [word, index]));
	const rulesOf: number[][] = words.map(() => []);
	rules.forEach((rule, index) => {
		for (const word of rule.keywords) rulesOf[indexOf.get(word) ?? 0]?.push(index);
	});
	const blind = rules.filter((rule) => rule.keywords.length === 0);
	const isExact = words.map((word) => word !== word.toLowerCase());
	const automaton = createKeywordAutomaton(words.map((word) => word.toLowerCase()));
	return {
		scan(text, meter) {
			const findings: Finding[] = [];
			const windows = new Map<number, Window[]>();
			const reaches = new Map<number, Reach>();
			const tryRule = (rule: SecretRule, index: number, keyword: Range) => {
				if (rule.matcher.at === undefined) widen(windows, index, rule, keyword, text.length);
				else tryAt({ rule, text, meter, validators, findings }, keyword.start, reachOf(reaches, index));
			};
			automaton.scan(text, 0, text.length, (word, end) => {
				const keyword = words[word] ?? "";
				const start = end - keyword.length;
				if (isExact[word] === true && !text.startsWith(keyword, start)) return;
				for (const index of rulesOf[word] ?? []) tryRule(rules[index] as SecretRule, index, { start, end });
			});
			windows.forEach((list, index) => {
				search({ rule: rules[index] as SecretRule, text, meter, validators, findings }, list);
			});
			for (const rule of blind) search({ rule, text, meter, validators, findings }, everyWindow(text));
			return findings;
		},
	};
}

function reachOf(reaches: Map<number, Reach>, index: number): Reach {
	const known = reaches.get(index);
	if (known !== undefined) return known;
	const reach = { end: 0, nested: 0 };
	reaches.set(index, reach);
	return reach;
}

/** A place where a match may start costs one attempt, mostly of a few characters. */
const ATTEMPT_COST = 32;
/** Rejected matches that lie in one another: more than this is a text made to be slow, and is masked instead. */
const MAX_NESTED = 16;

/** How far a rule's last match reached, and how many rejected ones lay in one another. */
interface Reach {
	end: number;
	nested: number;
}

function tryAt(job: Search, offset: number, reach: Reach): void {
	if (isCovered(reach, offset)) return;
	job.meter.spend(ATTEMPT_COST);
	try {
		const match = job.rule.matcher.at?.(job.text, offset);
		if (match === undefined) return;
		job.meter.spend(match.end - match.start);
		reach.nested = match.start < reach.end ? reach.nested + 1 : 0;
		const finding = toFinding(job, match, reach.nested > MAX_NESTED);
		if (finding === undefined) reach.end = Math.max(reach.end, match.end);
		else {
			job.findings.push(finding);
			reach.end = match.secretEnd;
			reach.nested = MAX_NESTED + 1; // what lies inside is covered: `isCovered` skips it
		}
	} catch (cause) {
		throw new MaskingFailure(`rule ${job.rule.id} failed`, { cause });
	}
}

function isCovered(reach: Reach, offset: number): boolean {
	return offset < reach.end && reach.nested > MAX_NESTED;
}

interface Window {
	readonly start: number;
	end: number;
}

function widen(
	windows: Map<number, Window[]>,
	index: number,
	rule: SecretRule,
	keyword: Range,
	length: number,
): void {
	const start = Math.max(0, keyword.start - rule.before);
	const end = Math.min(length, keyword.end + rule.after);
	const list = windows.get(index);
	const last = list?.at(-1);
	if (list === undefined) windows.set(index, [{ start, end }]);
	else if (last !== undefined && start <= last.end && end - last.start <= MAX_WINDOW_CHARS) last.end = end;
	else list.push({ start, end });
}

function everyWindow(text: string): Window[] {
	const windows: Window[] = [];
	for (
		let start = 0;
		start === 0 || start < text.length - BLIND_OVERLAP;
		start += BLIND_WINDOW - BLIND_OVERLAP
	) {
		windows.push({ start, end: Math.min(text.length, start + BLIND_WINDOW) });
	}
	return windows;
}

interface Search {
	readonly rule: SecretRule;
	readonly text: string;
	readonly meter: WorkMeter;
	readonly validators: Validators;
	readonly findings: Finding[];
}

function search(job: Search, windows: readonly Window[]): void {
	try {
		for (const window of windows) searchWindow(job, window);
	} catch (cause) {
		if (cause instanceof MaskingFailure) throw cause;
		throw new MaskingFailure(`rule ${job.rule.id} failed`, { cause });
	}
}

function searchWindow(job: Search, window: Window): void {
	const { rule, text, meter, findings } = job;
	meter.spend(window.end - window.start);
	const slice = text.slice(window.start, window.end);
	let from = 0;
	while (from <= slice.length) {
		const match = rule.matcher.find(slice, from);
		if (match === undefined) return;
		const isCutOff = match.end === slice.length && window.end < text.length;
		if (isCutOff && window.end - window.start < MAX_WINDOW_CHARS) {
			const start = Math.max(window.start, window.start + match.start - rule.before);
			searchWindow(job, { start, end: Math.min(text.length, window.end + slice.length + rule.after) });
			return;
		}
		const finding = toFinding(job, shift(match, window.start));
		if (finding !== undefined) findings.push(finding);
		from = Math.max(match.secretEnd, match.start + 1);
	}
}

function shift(match: RuleMatch, by: number): RuleMatch {
	return {
		start: match.start + by,
		end: match.end + by,
		secretStart: match.secretStart + by,
		secretEnd: match.secretEnd + by,
	};
}

function toFinding(
	{ rule, text, validators }: Search,
	match: RuleMatch,
	isCertain = false,
): Finding | undefined {
	const secret = text.slice(match.secretStart, match.secretEnd);
	if (secret.length === 0) return undefined;
	const isValid =
		isCertain || rule.validate === undefined || validators[rule.validate]({ secret, text, match });
	if (!isValid) return undefined;
	return {
		ruleId: rule.id,
		level: rule.level,
		start: match.secretStart,
		end: match.secretEnd,
		secret,
		...(rule.replacement === undefined ? {} : { replacement: rule.replacement }),
	};
}
