/** `patterns/claude-code/*.yml` → a `Look`: read, checked, compiled. Anything wrong stops the load with file and reason. */
import { join } from "node:path";
import { parse } from "yaml";
import * as z from "zod";
import { CtraceError } from "../core/errors.ts";
import {
	type KindSet,
	kindSet,
	LOOK_KINDS,
	type Look,
	type LookKind,
	type LookPattern,
} from "../core/look.ts";
import { type PatternFile, readCompiled, readPatternSources, writeCompiled } from "./compiled-file.ts";
import { firstCharacters } from "./first-characters.ts";
import type { PatternSource } from "./pattern-source.ts";

const styleSchema = z
	.strictObject({
		fg: z.enum(["set", "default", "coloured"]).optional(),
		bold: z.boolean().optional(),
		dim: z.boolean().optional(),
	})
	.optional();

const patternSchema = z.strictObject({
	id: z.string().min(1),
	kind: z.enum(LOOK_KINDS),
	seen: z.union([z.string().min(1), z.number()]),
	match: z.string().min(1),
	contains: z.string().min(1).optional(),
	fill: z.enum(["set", "default"]).optional(),
	lead: styleSchema,
	next: styleSchema,
	examples: z.strictObject({ yes: z.array(z.string()).min(1), no: z.array(z.string()).default([]) }),
});

const fileSchema = z.strictObject({
	patterns: z.array(patternSchema).default([]),
	"tool-names": z.record(z.string(), z.string()).default({}),
	"value-options": z.array(z.string()).default([]),
});

export type LookSource = z.infer<typeof fileSchema>;

/** Loads every file of the directory, in name order; throws a `CtraceError("patterns")`. */
export function loadLook(directory: string): Look {
	const sources = readSources(directory);
	return compileLook(
		"claude-code",
		readCompiled<LookSource>(directory, sources) ?? parseAll(directory, sources),
	);
}

/** Lets the next load skip the YAML, as long as the files stay the same. */
export function compileLookFiles(directory: string): void {
	const sources = readSources(directory);
	const entries = parseAll(directory, sources);
	compileLook("claude-code", entries);
	writeCompiled(directory, sources, entries);
}

function readSources(directory: string): readonly PatternFile[] {
	try {
		return readPatternSources(directory);
	} catch (cause) {
		throw new CtraceError("patterns", `cannot read the patterns in ${directory}`, { cause });
	}
}

function parseAll(directory: string, sources: readonly PatternSource[]): readonly LookSource[] {
	return sources.map(({ file, text }) => {
		try {
			return fileSchema.parse(parse(text));
		} catch (cause) {
			throw new CtraceError("patterns", `cannot use ${join(directory, file)}: ${reasonOf(cause)}`, { cause });
		}
	});
}

function reasonOf(cause: unknown): string {
	return cause instanceof Error ? (cause.message.split("\n")[0] ?? "unreadable") : String(cause);
}

export function compileLook(id: string, sources: readonly LookSource[]): Look {
	const patterns = Object.fromEntries(LOOK_KINDS.map((kind) => [kind, [] as LookPattern[]])) as Record<
		LookKind,
		LookPattern[]
	>;
	const seen = new Set<string>();
	for (const source of sources.flatMap((each) => each.patterns)) {
		if (seen.has(source.id)) throw new CtraceError("patterns", `two patterns are called ${source.id}`);
		seen.add(source.id);
		patterns[source.kind].push(compilePattern(source));
	}
	const toolNames = Object.assign({}, ...sources.map((source) => source["tool-names"]));
	return {
		id,
		patterns,
		toolNames,
		...kindsByFirst(patterns),
		valueOptions: sources.flatMap((source) => source["value-options"]),
	};
}

function compilePattern(source: z.infer<typeof patternSchema>): LookPattern {
	const regex = new RegExp(source.match, "u");
	for (const text of source.examples.yes) {
		if (!regex.test(text) || !text.includes(source.contains ?? ""))
			throw new CtraceError("patterns", `${source.id} must match "${text}"`);
	}
	for (const text of source.examples.no) {
		if (regex.test(text)) throw new CtraceError("patterns", `${source.id} must not match "${text}"`);
	}
	return {
		id: source.id,
		kind: source.kind,
		regex,
		contains: source.contains,
		firsts: firstCharacters(source.match),
		fill: source.fill,
		lead: source.lead,
		next: source.next,
	};
}

/** For each first character that some pattern asks for, the kinds that a text beginning with it can be. */
function kindsByFirst(
	patterns: Readonly<Record<LookKind, readonly LookPattern[]>>,
): Pick<Look, "kindsByFirst" | "otherKinds"> {
	const all = LOOK_KINDS.flatMap((kind) => patterns[kind]);
	const characters = new Set(all.flatMap(({ firsts = "" }) => firsts.split("")));
	const kinds = new Map<number, KindSet>();
	for (const character of characters) {
		const fits = (kind: LookKind) => patterns[kind].some(({ firsts }) => firsts?.includes(character) ?? true);
		kinds.set(character.charCodeAt(0), kindSet(fits));
	}
	return {
		kindsByFirst: kinds,
		otherKinds: kindSet((kind) => patterns[kind].some(({ firsts }) => firsts === undefined)),
	};
}
