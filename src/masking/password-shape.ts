/** What may be a password: short, often a word, and told by where it stands as much as by its looks. */
import { meanSurprise } from "./surprise.ts";
import { type Candidate, introductionOf, isInSentence } from "./value-context.ts";
import {
	hasDistinct,
	isCode,
	isDismissed,
	isIdentifier,
	isMember,
	isPathOrUrl,
	isPlaceholder,
	isVersionOrDate,
} from "./value-shape.ts";

/** On a line of a configuration file: a word will do. */
export function isConfigValue({ secret, text, match }: Candidate): boolean {
	if (isCode(secret) || mentionsPassword(secret)) return false;
	if (/^(?:string|number|boolean|null|true|false|undefined|none)$/i.test(secret)) return false;
	return !OWN_FIELD.test(text.slice(Math.max(0, match.start - OWN_FIELD_REACH), match.start));
}

/** `self.password = value`: a field that is given a variable. */
const OWN_FIELD = /(?:^|[\s;])(?:self|this|cls)\.\w{0,24}$/;
const OWN_FIELD_REACH = 32;

/** In a connection string one pair follows the other; in code a variable is given, or a default. */
export function isConnectionPassword(candidate: Candidate): boolean {
	const { secret, text, match } = candidate;
	const value = secret.replace(/[,&)\]]+$/, "");
	if (isDismissed(value) || mentionsPassword(value) || isMember(value) || value.startsWith("[")) return false;
	const before = text.slice(Math.max(0, match.start - PAIRS_REACH), match.start);
	if (PAIR_BEFORE.test(before) || BARE_NAME.test(before + introductionOf(candidate))) return true;
	if (/^\w*$/.test(value) && secret.endsWith(",")) return false;
	if ((/\d/.test(value) && /[A-Za-z]/.test(value)) || /[!@#$%^&*?+~|]/.test(value)) return true;
	return /["'`\n]$|^$/.test(before) && PAIR_AFTER.test(text.slice(match.secretEnd, match.secretEnd + 40));
}

const PAIR_BEFORE = /[\w )]=[^;=\s"'(){}]{1,64};\s?(?:\w{1,12}\s)?$/;
const PAIR_AFTER = /^;\s?[A-Za-z][\w ]{1,24}=[^=\s]/;
/** An environment's variable, PHP's `$password = word;`, or a line below the user's in a configuration file. */
const BARE_NAME =
	/(?:^|[\s"'`])(?:[A-Z0-9]{1,20}_){1,5}[A-Z]{3,8}=$|\$\w{0,20} ?= ?$|(?:^|\n)user(?:name)? ?= ?\w{1,32}\r?\n(?:(?:\/\/|#)[^\n]{0,80}\n){0,2}[a-z]{3,8} ?= ?$/;
const PAIRS_REACH = 200;

export function isElementValue(value: string): boolean {
	return !isPlaceholder(value) && !isCode(value) && !mentionsPassword(value);
}

/** Anything somebody may have typed as a password, but not what is said *about* one. */
export function isAnyValue(value: string): boolean {
	if (isCode(value) || isVersionOrDate(value) || isPathOrUrl(value)) return false;
	return !NAMES_A_SECRET.test(value) && !SAYS_SO.test(value);
}

/** Several words, one of them about passwords: a message. Nobody types a blank first. */
const SAYS_SO =
	/^\s|\s.*\b(?:password|required|invalid|failed|empty|missing|must|cannot)s?\b|\b(?:password|required|invalid|failed|empty|missing|must|cannot)s?\b.*\s/i;
const NAMES_A_SECRET =
	/^(?:new|old|example|some|your|the|weak|strong|current|confirm|reset|forgot|publishable)[-_ ]?|^(?:object|string|text|hidden|email|otp|sha\d+|required)$|[-_](?:key|token|password|secret)$/i;

/**
 * A password is short and may be a word. Beside its name, in quotes or in an environment's form, it is masked unless
 * it is plainly a placeholder or a name of something; without quotes it might as well be a variable or a type.
 */
export function isPassword(candidate: Candidate): boolean {
	const { secret } = candidate;
	const before = introductionOf(candidate);
	// What is cheap to see is looked at first: most candidates are words.
	if (secret.length < 4 || !mayBePassword(secret, before)) return false;
	if (isDismissed(secret) || mentionsPassword(secret) || PASS_AS_VERB.test(before)) return false;
	return /\d/.test(secret) || !isInSentence(candidate);
}

function mayBePassword(secret: string, before: string): boolean {
	if (/["'`]$/.test(before))
		return !isIdentifier(secret) || (secret.length >= 6 && !/^[A-Z_]+$/.test(secret));
	if (/^[A-Z0-9_]+=$/.test(before)) return true;
	return (
		/\d/.test(secret) &&
		/[A-Za-z]/.test(secret) &&
		!isMember(secret) &&
		(!/^\w+$/.test(secret) || meanSurprise(secret) >= SURPRISING)
	);
}

/** `must pass something:`. */
const PASS_AS_VERB = /^pass[ \t][a-z]+[ \t]{0,4}:/;
/** Mean surprise of letter pairs, in bits: identifiers with a figure in them reach 4.8, made-up keys start at 5. */
const SURPRISING = 4.95;

/** On a command line words are options and names as often as secrets: a figure or a sign must be in it. */
export function isCommandPassword(value: string): boolean {
	if (/^-[A-Za-z_-]+$/.test(value)) return false;
	if (isDismissed(value) || mentionsPassword(value) || /^\d+(?::\d+)?$/.test(value)) return false;
	return /[\d!@#$%^&*_]/.test(value) && hasDistinct(value, 4);
}

/** Not what a form says about a password, and not a place for one. */
export function isQuotedSecret(value: string): boolean {
	if (isOdd(value, SOME_SIGNS)) return true;
	if (isPlaceholder(value) || isCode(value) || isPathOrUrl(value) || mentionsPassword(value)) return false;
	return !SAYS_SOMETHING.test(value) && !/^[\W_]*$/.test(value) && !ENCODING.test(value);
}

/** `password.encode('ascii')`. */
const ENCODING =
	/^(?:utf-?(?:8|16)(?:le)?|(?:us-)?ascii|latin-?1|iso-8859-1|base64(?:url)?|hex|binary|buffer)$/i;

/** Words of forms, messages and documentation. */
const SAYS_SOMETHING =
	/\b(?:pass(?:word|code|phrase|key)?s?|secrets?|tokens?|keys?|credentials?|user(?:name)?|e-?mail|enter|your|must|please|invalid|required?|missing|incorrect|wrong|confirm|new|old|forgot|reset|change|login|log|sign|cannot|must|should|string|true|false|null|error)\b/i;

/** Brackets that do not match, among letters and other signs: no language is written so, and no placeholder of ours. */
export function isOdd(value: string, leastSigns: number): boolean {
	const bare = value.replace(/[,;"'`]+$/, "");
	if (bare.length < 8 || !/[A-Za-z]/.test(bare)) return false;
	const signs = new Set(bare.match(/[^A-Za-z0-9\s]/g) ?? []);
	return (
		signs.size >= leastSigns &&
		!hasBalancedBrackets(bare) &&
		!/::|\w\(["'&]|\w:\w+[,}]|[({[]$|\]\]|\[\[|=>|\.[A-Za-z_]\w*\(|\b(?:this|return|function|new)\b/.test(
			bare,
		)
	);
}

/** Different ones: inside quotation marks code is rare, outside it is the rule. */
const SOME_SIGNS = 4;
export const MANY_SIGNS = 6;

function hasBalancedBrackets(value: string): boolean {
	const open: string[] = [];
	for (const character of value) {
		const kind = "([{)]}".indexOf(character);
		if (kind === -1) continue;
		if (kind < 3) open.push(character);
		else if (open.pop() !== "([{"[kind - 3]) return false;
	}
	return open.length === 0;
}

/** `newPassword`, `PASSWORD_RECOVERY`, `_getpass`: names of passwords and of what handles them, not passwords. */
export function mentionsPassword(value: string): boolean {
	return MENTIONS_PASSWORD.test(value);
}

const MENTIONS_PASSWORD =
	/^[A-Za-z_.-]*(?:pass(?:word|wd|phrase|key)|secret|token|credential|getpass|bypass)[A-Za-z_.-]*$/i;
