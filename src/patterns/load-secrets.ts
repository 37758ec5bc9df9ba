import { basename } from "node:path";
import { LineCounter, parseDocument } from "yaml";
import * as z from "zod";
import { CtraceError } from "../core/errors.ts";
import { readCompiled, readPatternSources, writeCompiled } from "./compiled-file.ts";
import { expandRegex } from "./macros.ts";
import { checkRegex, createNativeMatcher } from "./native-matcher.ts";
import { brokenPattern, lineOf, type PatternSource } from "./pattern-source.ts";
import { PRIVACY_LEVELS, type SecretRule, VALIDATOR_NAMES } from "./secret-rule.ts";

/** Enough for a name and its value on one line; rules about longer things say so. */
const DEFAULT_BEFORE = 64;
const DEFAULT_AFTER = 512;
/** One rule's window: past this a rule would no longer be local, and its cost no longer bounded. */
const MAX_WINDOW = 8192;

const ruleSchema = z.strictObject({
	id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "must be lower-case words joined by -"),
	description: z.string().min(1),
	level: z.enum(PRIVACY_LEVELS),
	keywords: z.array(z.string().min(1)).min(1),
	regex: z.string().min(1),
	at: z.enum(["keyword", "scheme"]).optional(),
	flags: z.enum(["i"]).optional(),
	validate: z.enum(VALIDATOR_NAMES).optional(),
	before: z.number().int().min(0).max(MAX_WINDOW).optional(),
	after: z.number().int().min(1).max(MAX_WINDOW).optional(),
	reference: z.string().optional(),
	examples: z.strictObject({
		match: z.array(z.string()).min(1),
		no_match: z.array(z.string()).default([]),
	}),
});
type RuleEntry = z.infer<typeof ruleSchema>;

/**
 * Reads `*.yml` of `dir`, in the order of their names. Throws `CtraceError("patterns")` naming file, line and
 * reason for the first thing that is wrong: a rule left out in silence would be a secret let through.
 */
export function loadSecretRules(dir: string): readonly SecretRule[] {
	const sources = readSources(dir);
	return toRules(readCompiled<PlacedEntry>(dir, sources) ?? parseEntries(sources));
}

/** As `loadSecretRules`, for texts already read. */
export function parseSecretRules(sources: readonly PatternSource[]): readonly SecretRule[] {
	return toRules(parseEntries(sources));
}

/** Lets the next load skip the YAML, as long as the files stay the same. */
export function compileSecretRules(dir: string): void {
	const sources = readSources(dir);
	const entries = parseEntries(sources);
	const rules = toRules(entries);
	// Proven by now: what is written down is made ready for use.
	const proven = entries.map((placed, index) => ({ ...placed, source: rules[index]?.source }));
	writeCompiled(dir, sources, proven);
}

/** A rule as it is written, and where. */
interface PlacedEntry {
	readonly entry: RuleEntry;
	readonly file: string;
	readonly line: number;
	/** Its regex after macro expansion, where it was proven when ctrace was built. */
	readonly source?: string;
}

function parseEntries(sources: readonly PatternSource[]): PlacedEntry[] {
	return sources.flatMap(parseFile);
}

function toRules(entries: readonly PlacedEntry[]): readonly SecretRule[] {
	const rules = entries.map(compileEntry);
	if (rules.length === 0) throw new CtraceError("patterns", "no secret patterns found", { hint: REINSTALL });
	rejectDuplicates(rules);
	return rules;
}

const REINSTALL = "Install ctrace again: its patterns directory is incomplete.";

function readSources(dir: string): PatternSource[] {
	try {
		return readPatternSources(dir);
	} catch (cause) {
		throw new CtraceError("patterns", `cannot read the secret patterns in ${dir}`, {
			cause,
			hint: REINSTALL,
		});
	}
}

function parseFile({ file, text }: PatternSource): PlacedEntry[] {
	const lines = new LineCounter();
	const document = parseDocument(text, { lineCounter: lines });
	const [damage] = document.errors;
	if (damage !== undefined)
		throw brokenPattern(file, lines.linePos(damage.pos[0]).line, damage.message, damage);
	const entries: unknown = document.toJS();
	if (!Array.isArray(entries)) throw brokenPattern(file, 1, "a pattern file is a list of rules");
	return entries.map((entry: unknown, index) => {
		const line = lineOf(document.getIn([index], true), lines);
		return { entry: parseEntry(entry, file, line), file, line };
	});
}

function parseEntry(entry: unknown, file: string, line: number): RuleEntry {
	const parsed = ruleSchema.safeParse(entry);
	if (parsed.success) return parsed.data;
	const [problem] = parsed.error.issues;
	const reason = `${problem?.path.join(".") ?? ""}: ${problem?.message ?? "not a rule"}`;
	throw brokenPattern(file, line, reason, parsed.error);
}

function compileEntry({ entry, file, line, source }: PlacedEntry): SecretRule {
	if (source !== undefined) return toRule(entry, file, source);
	try {
		const expanded = expandRegex(entry.regex);
		checkRegex(expanded, entry.flags);
		return toRule(entry, file, expanded);
	} catch (cause) {
		const reason = cause instanceof Error ? cause.message : "the regex does not compile";
		throw brokenPattern(file, line, `${entry.id}: ${reason}`, cause);
	}
}

function toRule(entry: RuleEntry, file: string, source: string): SecretRule {
	return {
		id: entry.id,
		description: entry.description,
		level: entry.level,
		keywords: entry.keywords,
		matcher: createNativeMatcher(source, { flags: entry.flags, at: entry.at }),
		source,
		...(entry.validate === undefined ? {} : { validate: entry.validate }),
		startsToken: entry.regex.startsWith("%{start}"),
		before: entry.before ?? DEFAULT_BEFORE,
		after: entry.after ?? DEFAULT_AFTER,
		...(entry.reference === undefined ? {} : { reference: entry.reference }),
		examples: { match: entry.examples.match, noMatch: entry.examples.no_match },
		origin: basename(file),
	};
}

function rejectDuplicates(rules: readonly SecretRule[]): void {
	const seen = new Map<string, string>();
	for (const rule of rules) {
		const before = seen.get(rule.id);
		if (before !== undefined)
			throw brokenPattern(rule.origin, 1, `${rule.id} is defined twice (also in ${before})`);
		seen.set(rule.id, rule.origin);
	}
}
