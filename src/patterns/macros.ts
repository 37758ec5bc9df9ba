/**
 * The two small languages inside a rule file, both written `%{…}`.
 *
 * In a regex, `%{named:acme}` stands for a name containing "acme" (any case) and what may stand between a name and
 * its value in code, configuration, shells and prose; `%{start}` and `%{end}` are the edges of a token.
 * In an example, `%{hex:32}` stands for 32 made-up characters, so that no file of ours holds anything that looks
 * like a live secret.
 */

/** A quotation mark, escaped as often as texts in texts in texts escape it. */
const QUOTE = "(?:\\\\{0,4}[\"'`])";
/** The rest of the name after the vendor's word: `acmeApiToken`, `ACME_TOKEN`, `acme.client-secret`. */
const NAME_TAIL = "[\\w .$\\-]{0,32}";
/** Between a name and its value: `=` and its relatives, colon, arrow, XML; a comma only after a quoted name. */
const OPERATOR = "(?:[:!]{0,3}={1,3}>?|[?.+|]{1,2}=|:|=>|->|>|\\|\\|)[ \\t]{0,20}(?:\\r?\\n[ \\t]{0,12})?";
/** What may close the name (`"]`), and a type between it and the operator (`var name string =`). */
const NAME_END = `${QUOTE}?[\\])}]{0,2}(?:[ \\t][A-Za-z]{2,10})?[ \\t]{0,20}`;
/** What may open the value: quotation marks, and a word of construction before them (`new String("`). */
const VALUE_START = `(?:[A-Za-z]{3,8}[ \\t]{1,3}(?=["'\`]))?${QUOTE}{0,3}[=(\\[]{0,2}`;
const ASSIGN = `(?:${NAME_END}${OPERATOR}|${QUOTE}[ \\t]{0,4},[ \\t]{0,4})${VALUE_START}`;
/** The same, but that a name before a comma is the first one in its brackets: lists of names are long. */
const FIRST_IN_BRACKETS = "(?<=[(\\[{]\\s{0,8}\\\\{0,4}[\"'`][\\w.$\\-]{0,40})";
const OWN_ASSIGN = `(?:${NAME_END}${OPERATOR}|${FIRST_IN_BRACKETS}${QUOTE}[ \\t]{0,4},[ \\t]{0,4})${VALUE_START}`;
/** A value handed to a function that is named after it. */
const CALL = `\\([ \\t]{0,4}${QUOTE}`;
/** In XML and HTML: `name="acmeKey" value="…"`. */
const ATTRIBUTE = `${QUOTE}[ \\t]{1,4}(?:value|content)[ \\t]{0,2}=[ \\t]{0,2}${QUOTE}`;
/** On a command line and in prose a blank will do, after a word that says what follows. */
const SECRET_WORD = `${anyCase("key|token|secret|auth|password|pass|pat|credentials?|id")}`;
const BLANK = `${QUOTE}?[ \\t]{1,4}${QUOTE}?`;

const REGEX_MACROS: Readonly<Record<string, (argument: string) => string>> = {
	start: () => "(?:(?<![A-Za-z0-9])|(?<=\\\\[nrt]|%[0-9A-Fa-f]{2}))",
	end: () => "(?![A-Za-z0-9_-])",
	named: (words) =>
		`(?:${anyCase(words)})(?:${NAME_TAIL}?(?:${ASSIGN}|${ATTRIBUTE}|${CALL}|,[ \\t]{0,4}${QUOTE}?)|[\\w .$\\-]{0,24}?(?:${SECRET_WORD})${BLANK})`,
	key: (words) => `(?:${anyCase(words)})(?:${ASSIGN}|${ATTRIBUTE})`,
	assign: () => `(?:${ASSIGN}|${ATTRIBUTE})`,
	given: () => `(?:${OWN_ASSIGN}|${ATTRIBUTE})`,
	nocase: (words) => `(?:${anyCase(words)})`,
	uuid: () => "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}",
};

const MACRO = /%\{([a-z0-9]+)(?::([^}]*))?\}/g;

/** Throws an `Error` naming the macro when there is no such one. */
export function expandRegex(source: string): string {
	return source.replace(MACRO, (whole, name: string, argument: string | undefined) => {
		const macro = REGEX_MACROS[name];
		if (macro === undefined) throw new Error(`unknown macro ${whole}`);
		if (argument?.includes("{")) throw new Error(`${whole}: no braces inside a macro`);
		return macro(argument ?? "");
	});
}

/** `acme|foo` with every letter in both cases: the language has no local case-insensitivity. */
function anyCase(words: string): string {
	return words.replace(/\\.|\[[^\]]*\]|[a-z]/gi, (part) =>
		/^[a-z]$/i.test(part) ? `[${part.toLowerCase()}${part.toUpperCase()}]` : part,
	);
}

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const DIGITS = "0123456789";
const ALPHABETS: Readonly<Record<string, string>> = {
	lower: LOWER,
	upper: LOWER.toUpperCase(),
	alpha: LOWER + LOWER.toUpperCase(),
	digit: DIGITS,
	hex: `${DIGITS}abcdef`,
	hexup: `${DIGITS}ABCDEF`,
	loweralnum: LOWER + DIGITS,
	upperalnum: LOWER.toUpperCase() + DIGITS,
	alnum: LOWER + LOWER.toUpperCase() + DIGITS,
	base32: `${LOWER.toUpperCase()}234567`,
	base58: "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz",
	base64: `${LOWER + LOWER.toUpperCase() + DIGITS}+/`,
	base64url: `${LOWER + LOWER.toUpperCase() + DIGITS}-_`,
};

/** Fills an example's `%{alphabet:count}` from a generator of numbers in [0, 1). Throws an `Error` for an unknown alphabet. */
export function expandExample(example: string, random: () => number): string {
	return example.replace(MACRO, (whole, name: string, argument: string | undefined) => {
		if (name === "uuid") return uuidShape.replace(/x/g, () => pick(ALPHABETS.hex ?? "", random));
		const alphabet = ALPHABETS[name];
		const count = Number(argument);
		if (alphabet === undefined || !Number.isInteger(count)) throw new Error(`unknown example macro ${whole}`);
		const made = Array.from({ length: count }, () => pick(alphabet, random)).join("");
		return isUnlikely(made, alphabet) ? pick(BASE32_DIGITS, random) + made.slice(1) : made;
	});
}

/** A long key of letters and figures that happens to hold no figure reads as a name: one in some hundreds, and no example. */
function isUnlikely(made: string, alphabet: string): boolean {
	return made.length >= LONG_KEY && alphabet.includes("7") && !/[2-7]/.test(made);
}

const LONG_KEY = 16;
/** In every alphabet that has figures. */
const BASE32_DIGITS = "234567";

const uuidShape = "xxxxxxxx-xxxx-4xxx-axxx-xxxxxxxxxxxx";

function pick(alphabet: string, random: () => number): string {
	return alphabet[Math.floor(random() * alphabet.length)] ?? "";
}
