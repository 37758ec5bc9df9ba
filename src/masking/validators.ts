/**
 * What a rule asks beyond its regex, by name. Most drop what only looks like a secret; none of them
 * may drop a value for failing a checksum of a *prefixed* token: a mistyped key is a key all the same.
 */
import type { RuleMatch, ValidatorName } from "../patterns/secret-rule.ts";
import { meanSurprise } from "./surprise.ts";
import {
	characterKinds,
	entropyPerCharacter,
	followsDigestName,
	hasDistinct,
	isCode,
	isDismissed,
	isHex,
	isIdentifier,
	isMarkedFake,
	isNumberedName,
	isPathOrUrl,
	isPlaceholder,
	isUuid,
	isVersionOrDate,
} from "./value-shape.ts";

export interface Candidate {
	readonly secret: string;
	/** The text the match was found in, and where. */
	readonly text: string;
	readonly match: RuleMatch;
}

export type Validator = (candidate: Candidate) => boolean;
export type Validators = Readonly<Record<ValidatorName, Validator>>;

/** Under this a value is a word or a number too often to be taken for a secret by its name alone. */
const SHORTEST_ASSIGNED = 8;
/** Bits a character: below, the value repeats itself (`abcabcabc1`). */
const LEAST_ENTROPY = 2.6;
/** Mean surprise of letter pairs, in bits: identifiers with a figure in them reach 4.8, made-up keys start at 5. */
const SURPRISING = 4.95;
const VERY_SURPRISING = 5.5;
/** Digests of 64 bits and more are written in hexadecimal; shorter runs are colours, counters and abbreviations. */
const SHORTEST_HEX = 16;
const SHORTEST_STRONG = 16;

export const VALIDATORS: Validators = {
	"assigned-value": (candidate) => !isCalled(candidate) && isAssignedSecret(candidate),
	"strong-secret": (candidate) => !isCalled(candidate) && isStrongSecret(candidate.secret),
	"bearer-value": ({ secret }) => isBearer(secret),
	"announced-value": ({ secret }) => isAnnounced(secret),
	"any-value": (candidate) => !isCalled(candidate) && isQuoted(candidate) && isAnyValue(candidate.secret),
	"config-value": ({ secret }) =>
		!isCode(secret) && !/^(?:string|number|boolean|null|true|false|undefined|none)$/i.test(secret),
	"loose-value": (candidate) => !isSaidToBeDigest(candidate) && isLoose(candidate.secret),
	"connection-url": ({ secret }) => isConnectionUrl(secret) && !EXAMPLE_HOST.test(secret),
	"connection-url-any": ({ secret }) => isConnectionUrl(secret),
	"named-secret": ({ secret }) => isNamedSecret(secret),
	"password-like": (candidate) => !isCalled(candidate) && isPassword(candidate),
	"quoted-password": ({ secret }) => !isDismissed(secret) && !MENTIONS_PASSWORD.test(secret),
	"command-password": (candidate) => !isCalled(candidate) && isCommandPassword(candidate.secret),
	"connection-password": ({ secret }) => !isDismissed(secret) && !MENTIONS_PASSWORD.test(secret),
	"element-value": ({ secret }) =>
		!isPlaceholder(secret) && !isCode(secret) && !MENTIONS_PASSWORD.test(secret),
	"quoted-secret": (candidate) => !isCalled(candidate) && isQuotedSecret(candidate.secret),
	"service-code": (candidate) => !isSaidToBeDigest(candidate) && isServiceCode(candidate.secret),
	"odd-value": ({ secret }) => isOdd(secret, MANY_SIGNS),
	"user-password": ({ secret }) => !isPlaceholder(secret.slice(secret.indexOf(":") + 1)),
	"random-looking": ({ secret }) => isRandomLooking(secret),
	"basic-credentials": ({ secret }) => isBasicCredentials(secret),
	"url-password": ({ secret }) =>
		!isPlaceholder(secret) && !/^\d{1,5}\/|^[*.x]+$|^x-(?:oauth-basic|token-auth)$/i.test(secret),
	jwt: ({ secret }) => isJwt(secret),
};

/** `getPassword(` is code; a quoted word before a colon is the next name, not this one's value. */
function isCalled({ text, match }: Candidate): boolean {
	return /^(?:\(|["'`]\s{0,3}:)/.test(text.slice(match.secretEnd, match.secretEnd + 5));
}

function isQuoted({ text, match }: Candidate): boolean {
	return /["'`]/.test(text[match.secretStart - 1] ?? "");
}

function isAssignedSecret(candidate: Candidate): boolean {
	const value = candidate.secret;
	if (isNumberedName(value) && !isQuoted(candidate)) return false;
	if (value.length < SHORTEST_ASSIGNED || isDismissed(value) || isIdentifier(value)) return false;
	if (isUuid(value)) return true;
	if (isHex(value)) return value.length >= SHORTEST_HEX;
	if (isLongCode(value)) return true;
	if (!/\d/.test(value) || !/[A-Za-z]/.test(value) || entropyPerCharacter(value) < LEAST_ENTROPY)
		return false;
	return meanSurprise(value) >= SURPRISING;
}

/** After a word that announces it and no more than a blank: only what is long and orderless, or a plain id. */
function isAnnounced(value: string): boolean {
	if (value.length < 20 || isDismissed(value) || isIdentifier(value)) return false;
	return isUuid(value) || isHex(value) || isLongCode(value) || isStrongSecret(value);
}

function isSaidToBeDigest({ text, match }: Candidate): boolean {
	return followsDigestName(text, match.secretStart);
}

/** After a word that announces it, anything that is not made of words. */
function isLoose(value: string): boolean {
	if (isLongCode(value) || isAnnounced(value) || isShortCode(value)) return true;
	return value.length >= 16 && !isDismissed(value) && meanSurprise(value) >= LIKE_NO_WORD;
}

/** `ABC123DEF456`: figures among letters, several of both, and no separator. */
function isShortCode(value: string): boolean {
	const digits = value.match(/\d/g)?.length ?? 0;
	return /^[A-Za-z0-9]+$/.test(value) && digits >= 4 && value.length - digits >= 4 && hasDistinct(value, 6);
}

const LIKE_NO_WORD = 5.2;

function isConnectionUrl(url: string): boolean {
	const isPort = /:\/\/[^:@]*:\d{1,5}\//.test(url);
	return !isPort && !TEMPLATE_PASSWORD.test(url) && !/:x-(?:oauth-basic|token-auth)@/.test(url);
}

/** Hosts that the standards keep free for examples. */
const EXAMPLE_HOST = /@[\w.-]*\bexample\.(?:com|org|net)\b/;

/** `postgres://user:$PASSWORD@host`: nothing secret in it. */
const TEMPLATE_PASSWORD = /:(?:\$\{?|<|%\(|\{)[^@]*@/;

/** Anything somebody may have typed as a password, but not what is said *about* one. */
function isAnyValue(value: string): boolean {
	return !isCode(value) && !isVersionOrDate(value) && !NAMES_A_SECRET.test(value);
}

const NAMES_A_SECRET =
	/^(?:new|old|example|some|your|the|weak|strong|current|confirm|reset|forgot|publishable)[-_ ]?|^(?:object|string|text|hidden|email|otp|sha\d+|required)$|[-_](?:key|token|password|secret)$/i;

/** Letters and several figures without a break: long ones are no words, however orderly. */
function isLongCode(value: string): boolean {
	const digits = value.match(/\d/g)?.length ?? 0;
	if (value.length >= 16 && /^[A-Za-z0-9]+$/.test(value)) return digits >= 4;
	return (
		value.length >= 20 && /^[A-Za-z0-9_.-]+$/.test(value) && digits >= 6 && /[A-Za-z].*[A-Za-z]/.test(value)
	);
}

/** Beside the name of its service a value of the right length needs only not to be a word. */
function isNamedSecret(value: string): boolean {
	if (isPlaceholder(value) || isCode(value)) return false;
	return !isIdentifier(value) || meanSurprise(value) >= VERY_SURPRISING;
}

/** Long and without any likeness to words: a secret even in the mode that masks least. */
function isStrongSecret(value: string): boolean {
	if (value.length < SHORTEST_STRONG || isDismissed(value) || isIdentifier(value)) return false;
	if (isUuid(value)) return true;
	if (isHex(value)) return value.length >= SHORTEST_HEX && hasDistinct(value, 6);
	if (!/\d/.test(value) || entropyPerCharacter(value) < LEAST_ENTROPY) return false;
	return meanSurprise(value) >= VERY_SURPRISING;
}

function isBearer(value: string): boolean {
	return value.length >= 12 && /\d/.test(value) && !isPlaceholder(value) && !isMarkedFake(value);
}

/**
 * A password is short and may be a word. Beside its name, in quotes or in an environment's form, it is masked unless
 * it is plainly a placeholder or a name of something; without quotes it might as well be a variable or a type.
 */
function isPassword({ secret, text, match }: Candidate): boolean {
	if (secret.length < 4 || isDismissed(secret) || MENTIONS_PASSWORD.test(secret)) return false;
	const before = text.slice(match.start, match.secretStart);
	if (PASS_ALONE.test(before) && goesOnInWords(text, match.secretEnd) && !/\d/.test(secret)) return false;
	if (/["'`]$/.test(before))
		return !isIdentifier(secret) || (secret.length >= 6 && !/^[A-Z_]+$/.test(secret));
	if (/^[A-Z0-9_]+=$/.test(before)) return true;
	return (
		/\d/.test(secret) &&
		/[A-Za-z]/.test(secret) &&
		(!/^\w+$/.test(secret) || meanSurprise(secret) >= SURPRISING)
	);
}

/** What a check says when it passed: `"pass": "Element has a title"`. */
const PASS_ALONE = /^pass["'`]\s{0,4}[:=]/i;

function goesOnInWords(text: string, end: number): boolean {
	return /^ \p{L}/u.test(text.slice(end, end + 3));
}

/** On a command line words are options and names as often as secrets: a figure or a sign must be in it. */
function isCommandPassword(value: string): boolean {
	if (isDismissed(value) || MENTIONS_PASSWORD.test(value) || /^\d+(?::\d+)?$/.test(value)) return false;
	return /[\d!@#$%^&*_]/.test(value) && hasDistinct(value, 4);
}

/** Letters and figures that are no word, no name with a number, no version. */
function isServiceCode(value: string): boolean {
	if (isUuid(value)) return true;
	const digits = value.match(/\d/g)?.length ?? 0;
	if (digits < SERVICE_DIGITS || digits === value.length || isDismissed(value) || isNumberedName(value))
		return false;
	if (isHex(value)) return value.length >= SHORTEST_HEX;
	return meanSurprise(value) >= SERVICE_SURPRISE;
}

const SERVICE_DIGITS = 3;
/** Between names and keys, see `meanSurprise`: the service's name has said already that a key may follow. */
const SERVICE_SURPRISE = 4.7;

/** Not what a form says about a password, and not a place for one. */
function isQuotedSecret(value: string): boolean {
	if (isOdd(value, SOME_SIGNS)) return true;
	if (isPlaceholder(value) || isCode(value) || isPathOrUrl(value) || MENTIONS_PASSWORD.test(value))
		return false;
	return !SAYS_SOMETHING.test(value) && !/^[\W_]*$/.test(value);
}

/** Words of forms, messages and documentation. */
const SAYS_SOMETHING =
	/\b(?:pass(?:word|code|phrase|key)?s?|secrets?|tokens?|keys?|credentials?|user(?:name)?|e-?mail|enter|your|must|please|invalid|required?|missing|incorrect|wrong|confirm|new|old|forgot|reset|change|login|log|sign|cannot|must|should|string|true|false|null|error)\b/i;

/** Brackets that do not match, among letters and other signs: no language is written so, and no placeholder of ours. */
function isOdd(value: string, leastSigns: number): boolean {
	const bare = value.replace(/[,;"'`]+$/, "");
	if (bare.length < 8 || !/[A-Za-z]/.test(bare)) return false;
	const signs = new Set(bare.match(/[^A-Za-z0-9\s]/g) ?? []);
	return (
		signs.size >= leastSigns &&
		!hasBalancedBrackets(bare) &&
		!/[({[]$|\]\]|\[\[|=>|\.[A-Za-z_]\w*\(|\b(?:this|return|function|new)\b/.test(bare)
	);
}

/** Different ones: inside quotation marks code is rare, outside it is the rule. */
const SOME_SIGNS = 4;
const MANY_SIGNS = 6;

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

/** `newPassword`, `PASSWORD_RECOVERY`: names of passwords, not passwords. */
const MENTIONS_PASSWORD = /^[A-Za-z_.-]*(?:pass(?:word|wd|phrase|key)|secret|token|credential)[A-Za-z_.-]*$/i;

function isRandomLooking(value: string): boolean {
	if (isDismissed(value)) return false;
	return characterKinds(value) >= 2 && hasDistinct(value, 8) && entropyPerCharacter(value) >= 3;
}

/** `Basic` in prose is followed by a word; credentials are base64 of `name:password`. */
function isBasicCredentials(value: string): boolean {
	if (!/^[A-Za-z0-9+/_-]{6,}={0,2}$/.test(value)) return false;
	return /^[\x20-\x7e]*:[\x20-\x7e]*$/.test(decodeBase64(value));
}

function isJwt(value: string): boolean {
	const header = decodeBase64(value.slice(0, Math.max(0, value.indexOf("."))));
	return header.startsWith("{") && header.includes('"');
}

function decodeBase64(value: string): string {
	try {
		return atob(value.replace(/-/g, "+").replace(/_/g, "/"));
	} catch {
		return ""; // not base64 after all: an answer, not a failure
	}
}
