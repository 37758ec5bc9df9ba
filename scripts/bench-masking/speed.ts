/** Throughput on one core: ordinary text, adversarial text, single chunks, and loading. */
import type { Masker } from "../../src/masking/masker.ts";

const CHUNK = 65_536;

/** Processor time, so that other programs on the machine do not count. Every text is masked once before. */
export function busyMs(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
}

export function megabytesPerSecond(texts: readonly string[], masker: Masker, seconds = 2): number {
	return throughput(texts, (text) => masker.maskText(text), seconds);
}

/** Of as many rounds the best counts: whatever else the machine does makes a round slower, never faster. */
const ROUNDS = 5;

export function throughput(texts: readonly string[], work: (text: string) => unknown, seconds = 2): number {
	for (const text of texts) work(text.slice(0, CHUNK));
	const rounds = Array.from({ length: ROUNDS }, () => roundOf(texts, work, seconds / ROUNDS));
	return Math.max(...rounds);
}

function roundOf(texts: readonly string[], work: (text: string) => unknown, seconds: number): number {
	let characters = 0;
	const started = busyMs();
	do {
		for (const text of texts) {
			work(text);
			characters += text.length;
		}
	} while (busyMs() - started < seconds * 1000);
	return characters / 1000 / (busyMs() - started);
}

/** Texts made to be slow: nothing but keywords, blanks, openings without ends, or one endless token. */
export function adversarialTexts(): Readonly<Record<string, string>> {
	const seeds: Readonly<Record<string, string>> = {
		keys: "key",
		"key=": "key=",
		secrets: "secret_token_key_",
		"sk-": "sk-",
		passwords: "password:",
		urls: "https://a:",
		"url@": "a://b:c@",
		blanks: " ",
		newlines: "\n",
		pem: "-----BEGIN PRIVATE " + "KEY-----\n",
		base64: "QUJD",
		eyj: "eyJ.",
		hex: "0123456789abcdef",
		digits: "4111 ",
		percent: "%41",
		escapes: "\\u0041",
		sgr: "\u001b[31m",
		backspaces: "a\b",
		frames: "│ a │\n",
		brackets: "[[",
		at: "a@a.",
		dots: "1.",
		colons: "a:",
		authorization: "authorization: ",
	};
	return Object.fromEntries(
		Object.entries(seeds).map(([name, seed]) => [
			name,
			seed.repeat(Math.ceil(CHUNK / seed.length)).slice(0, CHUNK),
		]),
	);
}

const PASSES = 3;

export interface ChunkTimes {
	readonly p50: number;
	readonly p99: number;
	readonly max: number;
}

/** Milliseconds for one 64 KB chunk of ordinary text, the best of as many passes for each. */
export function chunkTimes(texts: readonly string[], masker: Masker): ChunkTimes {
	const all = texts.join("\n");
	const times: number[] = [];
	for (let i = 0; i + CHUNK <= all.length && times.length < 400; i += CHUNK) {
		const chunk = all.slice(i, i + CHUNK);
		const passes = Array.from({ length: PASSES }, () => {
			const started = busyMs();
			masker.maskText(chunk);
			return busyMs() - started;
		});
		times.push(Math.min(...passes));
	}
	times.sort((a, b) => a - b);
	const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
	return { p50: at(0.5), p99: at(0.99), max: at(1) };
}

const NAMES = ["acme", "corp", "zeus", "hera", "internal", "project", "ticket", "host"];

/** A privacy file with as many patterns, of the kinds that people write: ids, hosts, addresses, words. */
export function privacyFile(patterns: number): string {
	const shapes = [
		(name: string) => `${name.toUpperCase()}-[0-9]{6}`,
		(name: string, i: number) => `\\b${name}_${i}_[a-f0-9]{32}\\b`,
		(name: string) => `(?:${name}|x${name})\\.example\\.[a-z]{2,8}`,
		(_name: string, i: number) => `employee id:? *${i}[0-9]{4,9}`,
		(name: string) => `[A-Za-z0-9._-]+@${name}\\.(?:com|org)`,
	];
	const entries = Array.from({ length: patterns }, (_, i) => {
		const pattern = shapes[i % shapes.length]?.(NAMES[i % NAMES.length] ?? "", i);
		return `  - pattern: '${pattern}'\n    description: pattern ${i}\n    replacement: '<own ${i}>'\n    level: HIGH\n`;
	});
	return `custom_patterns:\n${entries.join("")}`;
}
