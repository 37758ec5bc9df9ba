/** Reads corpora of labelled texts: JSON lines, plain or `.xz`. They stay where they are; nothing of them is kept. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface Case {
	readonly id: string;
	readonly text: string;
	readonly label?: string;
	readonly rule?: string;
	/** Substrings of the text that must not survive. */
	readonly secrets?: readonly string[];
	readonly mutation?: string;
	readonly secret?: string;
	/** The text before its mutation. */
	readonly plain?: string;
	readonly chunks?: readonly string[];
	readonly scope?: string;
}

const UNPACKED_LIMIT = 1024 * 1024 * 1024; // far above any corpus: a damaged file must not fill the memory

export function corpusNames(dir: string): string[] {
	const files = readdirSync(dir).filter((name) => /\.jsonl(\.xz)?$/.test(name));
	return [...new Set(files.map((name) => name.replace(/\.jsonl(\.xz)?$/, "")))].sort();
}

export function readCorpus(dir: string, name: string): Case[] {
	const plain = join(dir, `${name}.jsonl`);
	const files = readdirSync(dir);
	const text = files.includes(`${name}.jsonl`)
		? readFileSync(plain, "utf8")
		: execFileSync("xz", ["-dc", `${plain}.xz`], { maxBuffer: UNPACKED_LIMIT }).toString("utf8");
	return text
		.split("\n")
		.filter((line) => line !== "")
		.map((line): Case => JSON.parse(line));
}

/** Source files below `dir` that people read as code, up to `limit` characters in all, in a fixed order. */
export function readCode(dir: string, limit: number): string[] {
	const texts: string[] = [];
	let total = 0;
	const walk = (folder: string): void => {
		for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) =>
			a.name < b.name ? -1 : 1,
		)) {
			if (total >= limit) return;
			const path = join(folder, entry.name);
			if (entry.isDirectory()) walk(path);
			else if (/\.(?:[cm]?[jt]s|py|go|rs|json|md)$/.test(entry.name) && !/\.min\./.test(entry.name)) {
				const text = readFileSync(path, "utf8").slice(0, 200_000); // one bundle must not be the whole sample
				texts.push(text);
				total += text.length;
			}
		}
	};
	walk(dir);
	return texts;
}
