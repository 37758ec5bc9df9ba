/**
 * Aho-Corasick over ASCII, case-folded: one pass tells where any of thousands of keywords ends.
 * States are dense rows of a table, numbered so that every state that reports something comes last:
 * the inner loop is one lookup and one comparison per character.
 */
export interface KeywordAutomaton {
	/** Calls back with the keyword's index and the offset just after it, in the order of the ends. */
	scan(text: string, from: number, to: number, onHit: (keyword: number, end: number) => void): void;
}

const ASCII = 128;
const ROOT = 0;

export function createKeywordAutomaton(keywords: readonly string[]): KeywordAutomaton {
	const alphabet = foldAlphabet(keywords);
	const trie = buildTrie(keywords, alphabet);
	const table = link(trie, alphabet.size);
	return compile(trie, table, alphabet);
}

interface Alphabet {
	/** Character code → column; 0 for whatever occurs in no keyword. */
	readonly column: Uint8Array;
	readonly size: number;
}

function foldAlphabet(keywords: readonly string[]): Alphabet {
	const column = new Uint8Array(ASCII);
	let size = 1;
	for (const code of keywords.flatMap((word) => Array.from(word, (_, i) => word.charCodeAt(i)))) {
		if (code >= ASCII) throw new RangeError("keywords are ASCII");
		if (column[code] !== 0) continue;
		column[code] = size;
		const upper = String.fromCharCode(code).toUpperCase().charCodeAt(0);
		column[upper] = size;
		size += 1;
	}
	return { column, size };
}

interface Trie {
	readonly children: Map<number, number>[];
	readonly outputs: number[][];
}

function buildTrie(keywords: readonly string[], { column }: Alphabet): Trie {
	const trie: Trie = { children: [new Map()], outputs: [[]] };
	keywords.forEach((word, index) => {
		let state = ROOT;
		for (let i = 0; i < word.length; i += 1) {
			const symbol = column[word.charCodeAt(i)] ?? 0;
			let next = trie.children[state]?.get(symbol);
			if (next === undefined) {
				next = trie.children.length;
				trie.children.push(new Map());
				trie.outputs.push([]);
				trie.children[state]?.set(symbol, next);
			}
			state = next;
		}
		trie.outputs[state]?.push(index);
	});
	return trie;
}

/** Breadth-first: a missing edge goes where the longest proper suffix would, and suffixes report too. */
function link(trie: Trie, width: number): Int32Array {
	const table = new Int32Array(trie.children.length * width);
	const failure = new Int32Array(trie.children.length);
	const queue = [ROOT];
	for (const state of queue) {
		const fallback = failure[state] ?? ROOT;
		if (state !== ROOT) {
			trie.outputs[state]?.push(...(trie.outputs[fallback] ?? []));
			table.copyWithin(state * width, fallback * width, (fallback + 1) * width);
		}
		trie.children[state]?.forEach((next, symbol) => {
			failure[next] = state === ROOT ? ROOT : (table[fallback * width + symbol] ?? ROOT);
			table[state * width + symbol] = next;
			queue.push(next);
		});
	}
	return table;
}

function compile(trie: Trie, table: Int32Array, { column, size }: Alphabet): KeywordAutomaton {
	const states = trie.outputs.length;
	const silent = trie.outputs.filter((output) => output.length === 0).length;
	const renumbered = renumber(trie.outputs, silent);
	const shift = Math.ceil(Math.log2(size));
	const cells = states << shift;
	// Narrow cells: the table is read at every character, and should stay in the processor's cache.
	const rows = states <= 65_536 ? new Uint16Array(cells) : new Int32Array(cells);
	const outputs: (readonly number[])[] = [];
	trie.outputs.forEach((output, state) => {
		const row = renumbered[state] ?? 0;
		if (output.length > 0) outputs[row - silent] = output;
		for (let symbol = 0; symbol < size; symbol += 1) {
			rows[(row << shift) | symbol] = renumbered[table[state * size + symbol] ?? 0] ?? 0;
		}
	});
	const columns = new Uint8Array(65536); // a column for every UTF-16 unit: no branch in the inner loop
	columns.set(column);
	return scanner({ rows, columns, shift, firstReporting: silent, outputs });
}

/** The root stays 0 because it never reports: no keyword is empty. */
function renumber(outputs: readonly number[][], silent: number): Int32Array {
	const renumbered = new Int32Array(outputs.length);
	let quiet = 0;
	let reporting = silent;
	outputs.forEach((output, state) => {
		renumbered[state] = output.length === 0 ? quiet++ : reporting++;
	});
	return renumbered;
}

interface Compiled {
	/** The next state, by state and column. */
	readonly rows: Uint16Array | Int32Array;
	readonly columns: Uint8Array;
	/** Bits of a column. */
	readonly shift: number;
	readonly firstReporting: number;
	readonly outputs: readonly (readonly number[])[];
}

function scanner({ rows, columns, shift, firstReporting, outputs }: Compiled): KeywordAutomaton {
	return {
		scan(text, from, to, onHit) {
			let state = 0;
			for (let i = from; i < to; i += 1) {
				state = rows[(state << shift) | (columns[text.charCodeAt(i)] as number)] as number;
				if (state < firstReporting) continue;
				for (const keyword of outputs[state - firstReporting] ?? []) onHit(keyword, i + 1);
			}
		},
	};
}
