// Learns how letters follow each other in ordinary code and prose: npm run masking:train -- DIR… > src/masking/surprise-table.ts
import { readCode } from "./bench-masking/corpus.ts";

const SYMBOLS = "abcdefghijklmnopqrstuvwxyz0_"; // letters, any digit, any edge
const SAMPLE = 30_000_000;
const STEPS_PER_BIT = 5; // quantised so that one character holds one entry
const CODES = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

const counts = new Float64Array(SYMBOLS.length * SYMBOLS.length).fill(1);
for (const dir of process.argv.slice(2)) {
	for (const text of readCode(dir, SAMPLE)) count(text);
}

function count(text: string): void {
	// Words, not data: lines with long unbroken runs are digests and bundles.
	for (const line of text.split("\n")) {
		if (/[A-Za-z0-9+/]{40}/.test(line)) continue;
		let previous = symbol("_");
		for (const character of line.replace(/([a-z])([A-Z])/g, "$1_$2").toLowerCase()) {
			const next = symbol(character);
			counts[previous * SYMBOLS.length + next] = (counts[previous * SYMBOLS.length + next] ?? 0) + 1;
			previous = next;
		}
	}
}

function symbol(character: string): number {
	if (character >= "a" && character <= "z") return character.charCodeAt(0) - 97;
	return SYMBOLS.indexOf(character >= "0" && character <= "9" ? "0" : "_");
}

let table = "";
for (let from = 0; from < SYMBOLS.length; from += 1) {
	const row = counts.subarray(from * SYMBOLS.length, (from + 1) * SYMBOLS.length);
	const total = row.reduce((sum, n) => sum + n, 0);
	for (const n of row)
		table += CODES[Math.min(CODES.length - 1, Math.round(-Math.log2(n / total) * STEPS_PER_BIT))];
}
console.log(`/** Made by scripts/train-surprise.ts; one character an entry, ${SYMBOLS.length} × ${SYMBOLS.length}, in fifths of a bit. */
export const SURPRISE_SYMBOLS = "${SYMBOLS}";
export const SURPRISE_CODES = "${CODES}";
export const SURPRISE_STEPS_PER_BIT = ${STEPS_PER_BIT};
export const SURPRISE_TABLE =
	"${table}";`);
