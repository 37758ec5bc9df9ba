/** What the build writes beside a directory's pattern files, so that a start does not read YAML. Used while the files are the same. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PatternSource } from "./pattern-source.ts";

const COMPILED_FILE = "compiled.json";
/** Changes when the shape of an entry does. */
const COMPILED_FORMAT = "4";

interface Compiled<T> {
	readonly digest: string;
	readonly entries: readonly T[];
}

/** A pattern file as it was read. A start compares the bytes, and mostly nobody asks for the text. */
export class PatternFile implements PatternSource {
	readonly file: string;
	readonly bytes: Uint8Array;

	constructor(file: string, bytes: Uint8Array) {
		this.file = file;
		this.bytes = bytes;
	}

	get text(): string {
		return new TextDecoder("utf-8", { ignoreBOM: true }).decode(this.bytes);
	}
}

/** The pattern files of a directory, in the order of their names. Throws what the file system throws. */
export function readPatternSources(dir: string): readonly PatternFile[] {
	const names = readdirSync(dir).filter((name) => name.endsWith(".yml"));
	return names.sort().map((name) => new PatternFile(name, readFileSync(join(dir, name))));
}

/** Undefined when there is none, or it was made from other files: then the files themselves are to be read. */
export function readCompiled<T>(dir: string, sources: readonly PatternFile[]): readonly T[] | undefined {
	let compiled: Compiled<T>;
	try {
		compiled = JSON.parse(readFileSync(join(dir, COMPILED_FILE), "utf8"));
	} catch {
		return undefined; // absent in a checkout that was never built; damaged is as good as absent
	}
	return compiled.digest === digestOf(sources) ? compiled.entries : undefined;
}

export function writeCompiled<T>(dir: string, sources: readonly PatternFile[], entries: readonly T[]): void {
	const compiled: Compiled<T> = { digest: digestOf(sources), entries };
	writeFileSync(join(dir, COMPILED_FILE), JSON.stringify(compiled));
}

function digestOf(sources: readonly PatternFile[]): string {
	const hash = createHash("sha256").update(COMPILED_FORMAT);
	for (const { file, bytes } of sources) hash.update(`\0${file}\0`).update(bytes);
	return hash.digest("hex");
}
