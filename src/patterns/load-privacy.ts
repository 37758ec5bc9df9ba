/**
 * A user's own patterns and exceptions: `privacy.yml` in ctrace's configuration directory, and a project's
 * `.ctrace.yml`, which may add patterns and never weaken anything.
 */
import { readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { isMap, isSeq, LineCounter, parseDocument } from "yaml";
import * as z from "zod";
import { type CompileLinear, readOwnPattern } from "./own-pattern.ts";
import { brokenPattern, lineOf, type PatternSource } from "./pattern-source.ts";
import { readPlainLists } from "./plain-list.ts";
import { PRIVACY_LEVELS, type SecretRule } from "./secret-rule.ts";

/** Longer patterns and more of them are a mistake, and would cost every text. */
const LONGEST_PATTERN = 1000;
const MOST_PATTERNS = 200;
/** A user's pattern sees this much on both sides of a keyword. */
const WINDOW = 1024;
const LONGEST_REPLACEMENT = 100;

const customSchema = z.strictObject({
	pattern: z.string().min(1).max(LONGEST_PATTERN),
	description: z.string().default("a pattern of your own"),
	replacement: z
		.string()
		.min(1)
		.max(LONGEST_REPLACEMENT)
		.regex(/^[^\r\n]*$/, "must be one line")
		.optional(),
	level: z.enum(PRIVACY_LEVELS).default("HIGH"),
	name: z.string().min(1).max(60).optional(),
	flags: z
		.string()
		.regex(/^[ims]{0,3}$/, "may hold i, m and s")
		.default(""),
	keywords: z
		.array(z.string().regex(/^[\x20-\x7e]{2,}$/, "must be plain text of two letters or more"))
		.default([]),
	examples: z.array(z.string()).default([]),
});
const allowSchema = z.union([
	z.string().min(1),
	z.strictObject({ literal: z.string().min(1) }),
	z.strictObject({ pattern: z.string().min(1).max(LONGEST_PATTERN) }),
]);
const fileSchema = z.strictObject({
	custom_patterns: z.array(z.unknown()).max(MOST_PATTERNS).nullish(),
	allow: z.array(z.unknown()).max(MOST_PATTERNS).nullish(),
});

/** Whether a found value is known to be harmless. Never asked about `MAXIMUM` rules and known values. */
export type Allow = (value: string) => boolean;

export interface PrivacyRules {
	readonly rules: readonly SecretRule[];
	readonly allow: readonly Allow[];
}

export interface PrivacyOptions {
	readonly compile: CompileLinear;
	/** False for a project's file: it may only add. */
	readonly mayAllow: boolean;
}

export interface PrivacyPlaces {
	/** The person's own `privacy.yml`; it need not be there. */
	readonly ownFile: string;
	/** Where the command runs: its `.ctrace.yml`, or the nearest above it inside the same repository, counts. */
	readonly projectDir: string;
	readonly compile: CompileLinear;
}

/** Both files, as far as they are there. Throws `CtraceError("patterns")`. */
export function loadPrivacyRules({ ownFile, projectDir, compile }: PrivacyPlaces): PrivacyRules {
	const own = parseIfThere(ownFile, { compile, mayAllow: true });
	const project = findProjectFile(projectDir);
	const added = project === undefined ? undefined : parseIfThere(project, { compile, mayAllow: false });
	const rules = [...(own?.rules ?? []), ...(added?.rules ?? []).map(projectRule)];
	return { rules, allow: own?.allow ?? [] };
}

/** Changes whenever one of the files does, comes or goes. */
export function stampPrivacyFiles({ ownFile, projectDir }: Omit<PrivacyPlaces, "compile">): string {
	const files = [ownFile, findProjectFile(projectDir)];
	return files.map((file) => (file === undefined ? "" : stampOf(file))).join("\n");
}

function stampOf(file: string): string {
	const stats = statSync(file, { throwIfNoEntry: false });
	return stats === undefined ? file : `${file} ${stats.ino} ${stats.size} ${stats.mtimeMs} ${stats.ctimeMs}`;
}

/** Two files may use the same name. */
function projectRule(rule: SecretRule): SecretRule {
	return { ...rule, id: rule.id.replace(/^custom-/, "project-") };
}

function parseIfThere(file: string, options: PrivacyOptions): PrivacyRules | undefined {
	let text: string;
	try {
		text = readFileSync(file, "utf8");
	} catch (cause) {
		if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return undefined;
		throw brokenPattern(file, 1, "cannot be read", cause);
	}
	return parsePrivacyFile({ file, text }, options);
}

function findProjectFile(start: string): string | undefined {
	for (let dir = start; ; dir = dirname(dir)) {
		const file = join(dir, ".ctrace.yml");
		if (exists(file)) return file;
		if (exists(join(dir, ".git")) || dirname(dir) === dir) return undefined;
	}
}

function exists(path: string): boolean {
	return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** Throws `CtraceError("patterns")` naming file, line and reason: nothing is recorded with half of the rules. */
export function parsePrivacyFile(source: PatternSource, { compile, mayAllow }: PrivacyOptions): PrivacyRules {
	const plain = readPlainLists(source.text);
	const whole = plain === undefined ? readWhole(source) : undefined;
	const value: unknown = plain ?? whole?.document.toJS() ?? {};
	const parsed = fileSchema.safeParse(value);
	if (!parsed.success) throw brokenPattern(source.file, 1, reasonOf(parsed.error));
	const lineAt = (list: string, index: number): number => {
		const { document, lines } = whole ?? readWhole(source);
		const node = isMap(document.contents) ? document.contents.get(list, true) : undefined;
		return isSeq(node) ? lineOf(node.items[index], lines) : 1;
	};
	const { custom_patterns: custom, allow } = parsed.data;
	if (allow && !mayAllow)
		throw brokenPattern(source.file, 1, "allow: a project may add patterns, never take away");
	const at = <T>(list: string, index: number, make: () => T): T => {
		try {
			return make();
		} catch (cause) {
			throw brokenPattern(source.file, lineAt(list, index), reasonOf(cause), cause);
		}
	};
	return {
		rules: (custom ?? []).map((entry, i) =>
			at("custom_patterns", i, () => toRule(entry, i, source.file, compile)),
		),
		allow: (allow ?? []).map((entry, i) => at("allow", i, () => toAllow(allowSchema.parse(entry), compile))),
	};
}

/** With the places of everything: needed to say where a mistake is. */
function readWhole({ file, text }: PatternSource) {
	const lines = new LineCounter();
	const document = parseDocument(text, { lineCounter: lines });
	const [damage] = document.errors;
	if (damage !== undefined)
		throw brokenPattern(file, lines.linePos(damage.pos[0]).line, damage.message, damage);
	return { document, lines };
}

function reasonOf(cause: unknown): string {
	if (cause instanceof z.ZodError) {
		const [problem] = cause.issues;
		return `${problem?.path.join(".") ?? ""}: ${problem?.message ?? "not what is expected"}`;
	}
	return cause instanceof Error ? cause.message : "not a pattern";
}

function toRule(value: unknown, index: number, file: string, compile: CompileLinear): SecretRule {
	const entry = customSchema.parse(value);
	const own = readOwnPattern(entry.pattern, entry.flags, compile);
	if (own.matchesEmpty) throw new Error("the pattern matches the empty text");
	const { replacement } = entry;
	if (replacement !== undefined && own.matches(replacement)) {
		throw new Error("the replacement matches the pattern: it would be replaced again");
	}
	for (const example of entry.examples) {
		if (!own.matches(example)) throw new Error(`the pattern does not match its example ${index + 1}`);
	}
	return {
		id: idOf(entry.name, index),
		description: entry.description,
		level: entry.level,
		keywords: entry.keywords.length > 0 ? entry.keywords : own.keywords,
		matcher: own.matcher,
		source: entry.pattern,
		before: WINDOW,
		after: WINDOW,
		...(replacement === undefined ? {} : { replacement }),
		origin: file,
	};
}

function idOf(name: string | undefined, index: number): string {
	const slug = (name ?? "")
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, "-")
		.replace(/^-|-$/g, "");
	return slug === "" ? `custom-${index + 1}` : `custom-${slug}`;
}

function toAllow(entry: z.infer<typeof allowSchema>, compile: CompileLinear): Allow {
	if (typeof entry === "string") return (value) => value === entry;
	if ("literal" in entry) return (value) => value === entry.literal;
	const matcher = compile(`^(?:${entry.pattern})$`, "");
	return (value) => matcher.find(value, 0) !== undefined;
}
