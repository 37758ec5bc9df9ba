/**
 * The rule engine: keywords first, then only the rules whose keyword occurred, each only in a window around
 * it. On ordinary text that is one pass over the keywords and almost nothing else.
 */
import type { RuleMatch, SecretRule } from "../patterns/secret-rule.ts";
import { cutTokenAt } from "./cut-tokens.ts";
import type { Finding, Range } from "./finding.ts";
import { type Keyword, type KeywordIndex, keywordIndex, mayStartToken } from "./keyword-index.ts";
import { NeedsNear } from "./needs-near.ts";
import { Reaches } from "./reach.ts";
import type { Reading } from "./reading.ts";
import type { Validators } from "./validators.ts";
import { MaskingFailure, type WorkMeter } from "./work-meter.ts";

export interface Scanner {
	/** Every finding of every rule, unordered. Throws `MaskingFailure` when the meter runs out or a rule errs. */
	scan(reading: Reading, meter: WorkMeter): Finding[];
}

/** A match that touches its window's edge is searched again in a wider one, up to this; then it is masked as it is. */
const MAX_WINDOW_CHARS = 32_768;
/** Text without keywords to go by is looked at in windows of this size … */
const BLIND_WINDOW = 4096;
/** … that share this much, so that a match on a border is whole in one of them. */
const BLIND_OVERLAP = 1024;

export interface ScanOptions {
	/** Also look for tokens that were cut short. */
	readonly cutTokens: boolean;
}

export function createScanner(
	rules: readonly SecretRule[],
	validators: Validators,
	{ cutTokens }: ScanOptions = { cutTokens: false },
): Scanner {
	const index = keywordIndex(rules);
	const blind = rules.filter((rule) => rule.keywords.length === 0);
	const reaches = new Reaches(rules.length);
	const needs = new NeedsNear(rules.length);
	return {
		scan(reading, meter) {
			const { text } = reading;
			const job: Job = {
				reading,
				text,
				meter,
				validators,
				rules,
				reaches,
				needs,
				cutTokens,
				findings: [],
			};
			reaches.reset();
			needs.reset();
			const windows = tryKeywords(job, index);
			windows.forEach((list, rule) => {
				search(job, rules[rule] as SecretRule, list);
			});
			for (const rule of blind) search(job, rule, everyWindow(text));
			return job.findings;
		},
	};
}

interface Job {
	readonly reading: Reading;
	readonly text: string;
	readonly meter: WorkMeter;
	readonly validators: Validators;
	readonly rules: readonly SecretRule[];
	readonly reaches: Reaches;
	readonly needs: NeedsNear;
	readonly cutTokens: boolean;
	readonly findings: Finding[];
}

interface Window {
	readonly start: number;
	end: number;
}

/** Tries the rules that start at their keyword; gives the windows of those that do not. */
function tryKeywords(job: Job, index: KeywordIndex): Map<number, Window[]> {
	const { text, reading } = job;
	const windows = new Map<number, Window[]>();
	index.scan(reading, (keyword, start) => {
		if (keyword.atToken.length > 0 && mayStartToken(text, start)) tryToken(job, keyword, start);
		if (keyword.anywhere.length > 0) tryAll(job, keyword.anywhere, start);
		for (const rule of keyword.windowed) {
			const place = { start, end: start + keyword.text.length };
			widen(windows, rule, windowAround(job.rules[rule] as SecretRule, place, text.length));
		}
	});
	return windows;
}

function tryToken(job: Job, keyword: Keyword, start: number): void {
	const before = job.findings.length;
	tryAll(job, keyword.atToken, start);
	if (!job.cutTokens || job.findings.length > before) return;
	const cut = cutTokenAt(job.reading, keyword, start);
	if (cut !== undefined) job.findings.push(cut);
}

function tryAll(job: Job, rules: readonly number[], start: number): void {
	for (const rule of rules) tryAt(job, rule, start);
}

/** A place where a match may start costs one attempt, mostly of a few characters. */
const ATTEMPT_COST = 32;

function tryAt(job: Job, index: number, offset: number): void {
	const { text, meter, reaches, needs } = job;
	const rule = job.rules[index] as SecretRule;
	if (reaches.covers(index, offset) || !needs.mayMatch(job.reading, offset, index, rule)) return;
	meter.spend(ATTEMPT_COST);
	try {
		const match = rule.matcher.at?.(text, offset);
		if (match === undefined) return;
		meter.spend(match.end - match.start);
		const finding = toFinding(job, rule, match, reaches.isNestedTooOften(index, match.start));
		if (finding === undefined) reaches.rejected(index, match.end);
		else {
			job.findings.push(finding);
			reaches.found(index, match.secretEnd);
		}
	} catch (cause) {
		throw new MaskingFailure(`rule ${rule.id} failed`, { cause });
	}
}

function windowAround(rule: SecretRule, keyword: Range, length: number): Window {
	return {
		start: Math.max(0, keyword.start - rule.before),
		end: Math.min(length, keyword.end + rule.after),
	};
}

function widen(windows: Map<number, Window[]>, rule: number, window: Window): void {
	const list = windows.get(rule);
	const last = list?.at(-1);
	if (list === undefined) windows.set(rule, [window]);
	else if (last !== undefined && window.start <= last.end && window.end - last.start <= MAX_WINDOW_CHARS)
		last.end = window.end;
	else list.push(window);
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

function search(job: Job, rule: SecretRule, windows: readonly Window[]): void {
	try {
		for (const window of windows) searchWindow(job, rule, window);
	} catch (cause) {
		if (cause instanceof MaskingFailure) throw cause;
		throw new MaskingFailure(`rule ${rule.id} failed`, { cause });
	}
}

function searchWindow(job: Job, rule: SecretRule, window: Window): void {
	const { text, meter, findings } = job;
	meter.spend(window.end - window.start);
	const slice = text.slice(window.start, window.end);
	let from = 0;
	while (from <= slice.length) {
		const match = rule.matcher.find(slice, from);
		if (match === undefined) return;
		const isCutOff = match.end === slice.length && window.end < text.length;
		if (isCutOff && window.end - window.start < MAX_WINDOW_CHARS) {
			const start = Math.max(window.start, window.start + match.start - rule.before);
			searchWindow(job, rule, { start, end: Math.min(text.length, window.end + slice.length + rule.after) });
			return;
		}
		const finding = toFinding(job, rule, shift(match, window.start));
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
	{ text, validators }: Job,
	rule: SecretRule,
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
		from: match.start,
		...(rule.replacement === undefined ? {} : { replacement: rule.replacement }),
	};
}
