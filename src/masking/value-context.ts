/** What stands around a value: whether its name is really given it, or only stands before it. */
import type { RuleMatch } from "../patterns/secret-rule.ts";

/** A value that a rule found beside a name, and where. */
export interface Candidate {
	readonly secret: string;
	/** The text the match was found in. */
	readonly text: string;
	readonly match: RuleMatch;
}

/** `getPassword(` is code; a quoted word before a colon is the next name, not this one's value. */
export function isCalled({ text, match }: Candidate): boolean {
	return /^(?:\(|["'`]\s{0,3}:)/.test(text.slice(match.secretEnd, match.secretEnd + 5));
}

export function isQuoted({ text, match }: Candidate): boolean {
	return /["'`]/.test(text[match.secretStart - 1] ?? "");
}

/** What stands between the name's telling word and the value, with both the word and the sign. */
export function introductionOf({ text, match }: Candidate): string {
	return text.slice(match.start, match.secretStart);
}

/** `passwd="", account="ada"`: the second quotation mark ends what is given. Three of them begin a description. */
export function isBehindEmpty({ text, match }: Candidate): boolean {
	const quote = text[match.secretStart - 1];
	return quote === text[match.secretStart - 2] && /["'`]/.test(quote ?? "");
}

/** `pass: "Every image has a text"`: what is said when something passed. */
export function isMessage(candidate: Candidate): boolean {
	return PASS.test(introductionOf(candidate)) && SEVERAL_WORDS.test(candidate.secret);
}

const PASS = /^pass(?:es|ed)?["'`\]]{0,2}\s{0,4}(?:[:=]|=>)/i;
const SEVERAL_WORDS = /^\S+\s+\S+\s+\S/;

/** `encrypted_key`: useless without another one. */
export function isOfCipherText({ text, match }: Candidate): boolean {
	return /encrypted[-_ ]?$/i.test(text.slice(Math.max(0, match.start - ENCRYPTED_REACH), match.start));
}

const ENCRYPTED_REACH = 12;

/** A definition, a redirection, another attribute, a cast, a list: the value is not the name's. */
export function isNotGiven(candidate: Candidate): boolean {
	const introduction = introductionOf(candidate);
	if (DEFINITION.test(introduction) || REDIRECTION.test(introduction)) return true;
	if (OTHER_ATTRIBUTE.test(introduction) || isCast(candidate, introduction)) return true;
	return LISTED.test(introduction) && !isPair(candidate);
}

/** `def login(self, password):` and what its body begins with. */
const DEFINITION = /\)[ \t]{0,4}(?:->[^:\n]{0,40})?:[ \t]{0,8}\r?\n/;
/** `sign key.pem > out.xml`; XML has no blanks there. */
const REDIRECTION = /[ \t]>[ \t]{1,8}$/;
/** `<label for="password" class="`. */
const OTHER_ATTRIBUTE =
	/^[\w.-]*\\{0,4}["'`][ \t]{1,4}(?!(?:value|content)\b)[A-Za-z-]{2,16}[ \t]{0,2}=[ \t]{0,2}["'`]/i;
/** `"password", "…"`: a list as often as a name and its value. */
const LISTED = /^[\w.$-]*\\{0,4}["'`][ \t]{0,4},/;

function isCast({ text, match }: Candidate, introduction: string): boolean {
	return (
		introduction.endsWith("(") && /^\)[ \t]{0,2}[\w(]/.test(text.slice(match.secretEnd, match.secretEnd + 4))
	);
}

const LONGEST_NAME = 64;

/** The name is the first one in its brackets, and the value the last: `put("password", "…")`. */
function isPair({ text, match }: Candidate): boolean {
	const before = text.slice(Math.max(0, match.start - LONGEST_NAME), match.start);
	const after = text.slice(match.secretEnd, match.secretEnd + 12);
	return /[([{]\s{0,8}\\{0,4}["'`][\w.$-]*$/.test(before) && /^\\{0,4}["'`]\s{0,4}[)\]}]/.test(after);
}

/** One word of several inside the same quotation marks: a sentence, a label, a question. */
export function isInSentence({ text, match }: Candidate): boolean {
	const quote = /["'`]{1,3}$/.exec(text.slice(match.secretStart - 3, match.secretStart))?.[0][0];
	if (quote === undefined) return false;
	const [rest = ""] = text.slice(match.secretEnd, match.secretEnd + LONGEST_NAME).split(quote, 1);
	return SENTENCE_GOES_ON.test(rest);
}

/** The word's end, a blank, and another word or a place for one. */
const SENTENCE_GOES_ON = /^[^\s]{0,24} (?:[\p{L}<'"`({$]|$)/u;
