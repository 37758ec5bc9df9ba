/**
 * Which characters a match of a regular expression can begin with, as far as its source says so plainly. Most rows of a
 * screen begin with something that most patterns never do: those need not be tried.
 */

/** Every character of `\s`. */
const BLANKS =
	"\t\n\u000b\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff";
const DIGITS = "0123456789";

/** All of them, each as one code unit; nothing where any may be first, or none at all. */
export function firstCharacters(source: string): string | undefined {
	return unite(
		alternativesOf(source).map((each) => (each.startsWith("^") ? firstsOf(each.slice(1)) : undefined)),
	);
}

function unite(sets: readonly (string | undefined)[]): string | undefined {
	let all = "";
	for (const set of sets) {
		if (set === undefined) return undefined;
		all += set;
	}
	return all;
}

/** Of a sequence that begins here. */
function firstsOf(sequence: string): string | undefined {
	const length = lengthOfAtom(sequence);
	if (length === 0) return undefined;
	const own = charactersOf(sequence.slice(0, length));
	const quantifier = /^(?:[?*+]|\{\d+(?:,\d*)?\})\??/u.exec(sequence.slice(length))?.[0] ?? "";
	const isOptional = /^(?:[?*]|\{0)/u.test(quantifier);
	return isOptional ? unite([own, firstsOf(sequence.slice(length + quantifier.length))]) : own;
}

function charactersOf(atom: string): string | undefined {
	if (atom.startsWith("(")) return ofGroup(atom);
	if (atom.startsWith("[")) return ofClass(atom.slice(1, -1));
	if (atom.startsWith("\\")) return ofEscape(atom);
	return ".$^|)]".includes(atom) ? undefined : atom;
}

function ofGroup(group: string): string | undefined {
	const inside = /^\((?:\?:|\?<\w+>)?(?!\?)(?<inside>[\s\S]*)\)$/u.exec(group)?.groups?.inside;
	return inside === undefined ? undefined : unite(alternativesOf(inside).map(firstsOf));
}

/** A range or a property is not spelled out: then it is any character. */
function ofClass(content: string): string | undefined {
	if (content.startsWith("^") || /[^\\]-./u.test(content)) return undefined;
	const parts: (string | undefined)[] = [];
	for (let at = 0; at < content.length; ) {
		const length = content[at] === "\\" ? lengthOfEscape(content.slice(at)) : 1;
		const part = content.slice(at, at + length);
		parts.push(length === 1 ? part : ofEscape(part));
		at += length;
	}
	return unite(parts);
}

function ofEscape(written: string): string | undefined {
	if (written === "\\s") return BLANKS;
	if (written === "\\d") return DIGITS;
	const hex = /^\\(?:u|x)(?<code>[0-9a-f]{2,4})$/iu.exec(written)?.groups?.code;
	if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
	return /^\\[^\w\s]$/u.test(written) ? written.slice(1) : undefined;
}

function lengthOfEscape(text: string): number {
	return (
		/^\\(?:u[0-9a-f]{4}|u\{[0-9a-f]+\}|x[0-9a-f]{2}|p\{[^}]*\}|P\{[^}]*\}|[\s\S])/iu.exec(text)?.[0].length ??
		1
	);
}

function lengthOfAtom(text: string): number {
	if (text === "") return 0;
	if (text.startsWith("\\")) return lengthOfEscape(text);
	if (text.startsWith("[")) return endOfClass(text);
	return text.startsWith("(") ? endOfGroup(text) : 1;
}

function endOfClass(text: string): number {
	let at = 1;
	while (at < text.length && text[at] !== "]") at += text[at] === "\\" ? 2 : 1;
	return at + 1;
}

function endOfGroup(text: string): number {
	let at = 1;
	while (at < text.length && text[at] !== ")") at += lengthOfAtom(text.slice(at));
	return at + 1;
}

/** What stands between the bars that are in no group. */
function alternativesOf(source: string): readonly string[] {
	const found: string[] = [];
	let from = 0;
	for (let at = 0; at < source.length; ) {
		if (source[at] === "|") {
			found.push(source.slice(from, at));
			from = at + 1;
		}
		at += lengthOfAtom(source.slice(at));
	}
	return [...found, source.slice(from)];
}
