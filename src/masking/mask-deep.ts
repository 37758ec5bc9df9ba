/** Masks every string inside a value of any shape. */
import type { Fragments } from "./fragments.ts";
import { type LineMasker, type MaskCounts, type PieceMasker, WITHHELD_RULE } from "./mask-text.ts";
import { withheld } from "./placeholder.ts";

/** Deeper than any turn, tool input or frame; guards against a value that contains itself. */
const MAX_DEPTH = 100;
/** A name without a digit and of ordinary length is no secret: most keys, and not worth a search each. */
const PLAIN_KEY = /^[a-z]{1,15}(?:[A-Z_-][a-z]{1,14}){0,4}$/;
const SECRET_KEY =
	/pass|secret|token|key|auth|cred|cookie|session|private|signature|pin\b|pwd|otp|seed|salt/i;

export interface MaskedDeep {
	readonly masked: unknown;
	readonly counts: MaskCounts;
}

export interface DeepMasking {
	readonly maskLines: LineMasker;
	readonly maskPieces: PieceMasker;
	/** What was found before; what is found now is added. */
	readonly fragments: Fragments;
}

/** Twice, when anything new was found: a piece of it may stand in a string that was looked at before. */
export function maskDeep(value: unknown, { maskLines, maskPieces, fragments }: DeepMasking): MaskedDeep {
	const counts: Record<string, number> = {};
	const count = (more: MaskCounts) => {
		for (const [rule, n] of Object.entries(more)) counts[rule] = (counts[rule] ?? 0) + n;
	};
	const before = fragments.size;
	const once = maskValue(value, { count, maskLines: (lines) => maskLines(lines, fragments) }, 0);
	if (fragments.size === before) return { masked: once, counts };
	const again: Run = { count, maskLines: (lines) => maskPieces(lines, fragments) };
	return { masked: maskValue(once, again, 0), counts };
}

interface Run {
	readonly maskLines: LineMasker;
	count(counts: MaskCounts): void;
}

function maskValue(value: unknown, run: Run, depth: number): unknown {
	if (typeof value === "string") return maskString(value, run);
	if (typeof value === "function" || typeof value === "symbol") return refuse("not text", run);
	if (typeof value !== "object" || value === null) return value;
	if (depth >= MAX_DEPTH) return refuse("nested too deep", run);
	if (Array.isArray(value)) return maskArray(value, run, depth);
	return isPlainObject(value) ? maskObject(value, run, depth) : refuse("not text", run);
}

function refuse(reason: string, run: Run): string {
	run.count({ [WITHHELD_RULE]: 1 });
	return withheld(reason);
}

function maskString(text: string, run: Run): string {
	if (text === "") return text;
	const { lines, counts } = run.maskLines([text]);
	run.count(counts);
	return lines[0] ?? "";
}

function isPlainObject(value: object): value is Record<string, unknown> {
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === Object.prototype || prototype === null;
}

/** Rows are read as one text: a list of strings, or of objects that each carry a `text`. */
function maskArray(values: readonly unknown[], run: Run, depth: number): unknown {
	const rows = values.map(rowText);
	const lines = rows.filter((row) => row !== undefined);
	const isText = lines.length === rows.length && lines.length > 1;
	const masked = isText
		? maskRows(values, lines, run, depth)
		: values.map((v) => maskValue(v, run, depth + 1));
	return masked.every((value, index) => value === values[index]) ? values : masked;
}

function rowText(value: unknown): string | undefined {
	if (typeof value === "string") return value;
	if (typeof value !== "object" || value === null || !("text" in value)) return undefined;
	return typeof value.text === "string" ? value.text : undefined;
}

function maskRows(values: readonly unknown[], texts: readonly string[], run: Run, depth: number): unknown[] {
	const { lines, counts } = run.maskLines(texts);
	run.count(counts);
	return values.map((value, index) => {
		const line = lines[index] ?? "";
		if (typeof value !== "object" || value === null) return line;
		const { text, ...rest } = value as Record<string, unknown>;
		const others = maskValue(rest, run, depth + 1) as Record<string, unknown>;
		return others === rest || line !== text ? rebuild(value as Record<string, unknown>, line, others) : value;
	});
}

function rebuild(row: Record<string, unknown>, line: string, others: Record<string, unknown>): unknown {
	const same = Object.entries(row).every(([key, value]) =>
		key === "text" ? value === line : others[key] === value,
	);
	return same ? row : { ...others, text: line };
}

function maskObject(object: Record<string, unknown>, run: Run, depth: number): Record<string, unknown> {
	let isChanged = false;
	const entries = Object.entries(object).map(([key, value]): [string, unknown] => {
		const maskedKey = PLAIN_KEY.test(key) ? key : maskString(key, run);
		const masked =
			typeof value === "string" && SECRET_KEY.test(key)
				? maskAssigned(key, value, run)
				: maskValue(value, run, depth + 1);
		if (maskedKey !== key || masked !== value) isChanged = true;
		return [maskedKey, masked];
	});
	return isChanged ? Object.fromEntries(entries) : object;
}

/** `{ password: "…" }`: the value is judged with its name beside it, as it would be in a text. */
function maskAssigned(key: string, value: string, run: Run): string {
	const { lines, counts } = run.maskLines([`${key}="${value}"`]);
	const line = lines[0] ?? "";
	const prefix = `${key}="`;
	if (!line.startsWith(prefix) || !line.endsWith('"')) return maskString(value, run);
	run.count(counts);
	return line.slice(prefix.length, -1);
}
