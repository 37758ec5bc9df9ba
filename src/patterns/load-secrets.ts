import { basename } from "node:path";
import { LineCounter, parseDocument } from "yaml";
import * as z from "zod";
import { CtraceError } from "../core/errors.ts";
import { type PatternFile, readCompiled, readPatternSources, writeCompiled } from "./compiled-file.ts";
import { expandRegex } from "./macros.ts";
import { checkRegex, createNativeMatcher } from "./native-matcher.ts";
import { brokenPattern, lineOf, type PatternSource } from "./pattern-source.ts";
import { type ExampledRule, PRIVACY_LEVELS, type SecretRule, VALIDATOR_NAMES } from "./secret-rule.ts";

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
	const proven = readCompiled<ProvenEntry>(dir, sources);
	return proven === undefined
		? parseSecretRules(sources)
		: whole(proven.map((entry) => new BuiltInRule(entry)));
}

/** As `loadSecretRules`, for texts already read, and with the examples. */
export function parseSecretRules(sources: readonly PatternSource[]): readonly ExampledRule[] {
	return whole(sources.flatMap(parseFile).map(compileEntry));
}

/** Lets the next load skip the YAML, as long as the files stay the same. */
export function compileSecretRules(dir: string): void {
	const sources = readSources(dir);
	parseSecretRules(sources); // what is written down is proven
	const entries = sources.flatMap(parseFile).map(({ entry, file }): ProvenEntry => {
		const { examples: _examples, ...rest } = entry;
		return { ...rest, file };
	});
	writeCompiled(dir, sources, entries);
}

/** A rule as it is written, and where. */
interface PlacedEntry {
	readonly entry: RuleEntry;
	readonly file: string;
	readonly line: number;
}

/** What masking needs of a rule that compiled when ctrace was built. */
type ProvenEntry = Omit<RuleEntry, "examples"> & { readonly file: string };

function whole<Rule extends SecretRule>(rules: readonly Rule[]): readonly Rule[] {
	if (rules.length === 0) throw new CtraceError("patterns", "no secret patterns found", { hint: REINSTALL });
	rejectDuplicates(rules);
	return rules;
}

const REINSTALL = "Install ctrace again: its patterns directory is incomplete.";

function readSources(dir: string): readonly PatternFile[] {
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

function compileEntry({ entry, file, line }: PlacedEntry): ExampledRule {
	const { match, no_match: noMatch } = entry.examples;
	try {
		const rule = new BuiltInRule({ ...entry, file });
		checkRegex(rule.source, entry.flags);
		return Object.assign(rule, { examples: { match, noMatch } });
	} catch (cause) {
		const reason = cause instanceof Error ? cause.message : "the regex does not compile";
		throw brokenPattern(file, line, `${entry.id}: ${reason}`, cause);
	}
}

/** A start makes hundreds of them, and asks most for their keywords alone: the rest is made when it is asked for. */
class BuiltInRule implements SecretRule {
	readonly #entry: ProvenEntry;
	#matcher: SecretRule["matcher"] | undefined;
	#source: string | undefined;

	constructor(entry: ProvenEntry) {
		this.#entry = entry;
	}

	get id(): string {
		return this.#entry.id;
	}

	get description(): string {
		return this.#entry.description;
	}

	get level(): SecretRule["level"] {
		return this.#entry.level;
	}

	get keywords(): readonly string[] {
		return this.#entry.keywords;
	}

	get validate(): SecretRule["validate"] {
		return this.#entry.validate;
	}

	get startsToken(): boolean {
		return this.#entry.regex.startsWith("%{start}");
	}

	get before(): number {
		return this.#entry.before ?? DEFAULT_BEFORE;
	}

	get after(): number {
		return this.#entry.after ?? DEFAULT_AFTER;
	}

	get reference(): string | undefined {
		return this.#entry.reference;
	}

	get origin(): string {
		return basename(this.#entry.file);
	}

	get matcher(): SecretRule["matcher"] {
		const { flags, at } = this.#entry;
		this.#matcher ??= createNativeMatcher(() => this.source, { flags, at });
		return this.#matcher;
	}

	get source(): string {
		this.#source ??= expandRegex(this.#entry.regex);
		return this.#source;
	}
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
