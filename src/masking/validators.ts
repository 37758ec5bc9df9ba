/**
 * What a rule asks beyond its regex, by name. Most drop what only looks like a secret; none of them
 * may drop a value for failing a checksum of a *prefixed* token: a mistyped key is a key all the same.
 */
import type { ValidatorName } from "../patterns/secret-rule.ts";
import {
	isAnyValue,
	isCommandPassword,
	isConfigValue,
	isConnectionPassword,
	isElementValue,
	isOdd,
	isPassword,
	isQuotedSecret,
	MANY_SIGNS,
	mentionsPassword,
} from "./password-shape.ts";
import { meanSurprise } from "./surprise.ts";
import {
	type Candidate,
	introductionOf,
	isBehindEmpty,
	isCalled,
	isInSentence,
	isMessage,
	isNotGiven,
	isOfCipherText,
	isQuoted,
} from "./value-context.ts";
import {
	characterKinds,
	entropyPerCharacter,
	followsDigestName,
	hasDistinct,
	holdsWords,
	isCode,
	isDismissed,
	isHex,
	isIdentifier,
	isLabel,
	isMarkedFake,
	isMember,
	isNameWithFigures,
	isNumberedName,
	isPlaceholder,
	isUuid,
} from "./value-shape.ts";

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
	"assigned-value": (candidate) => isGiven(candidate) && isAssignedSecret(candidate),
	"strong-secret": (candidate) =>
		!isCalled(candidate) &&
		!isOfCipherText(candidate) &&
		!isMember(candidate.secret) &&
		isStrongSecret(candidate.secret),
	"bearer-value": (candidate) =>
		isBearer(candidate.secret) && !isVariable(candidate) && !isStandIn(candidate),
	"announced-value": (candidate) => !isCalled(candidate) && isAnnounced(candidate.secret),
	"any-value": (candidate) =>
		isGiven(candidate) &&
		isQuoted(candidate) &&
		!isBehindEmpty(candidate) &&
		!isMessage(candidate) &&
		isAnyValue(candidate.secret),
	"config-value": (candidate) => isConfigValue(candidate),
	"loose-value": (candidate) =>
		!isCalled(candidate) && !isSaidToBeDigest(candidate) && isLoose(candidate.secret),
	"connection-url": ({ secret }) =>
		isConnectionUrl(secret) && !EXAMPLE_HOST.test(secret) && !isOfNobody(secret),
	"connection-url-any": ({ secret }) =>
		isConnectionUrl(secret) && passwordIn(secret).length > LONGEST_STAND_IN,
	"named-secret": (candidate) => !isCalled(candidate) && isNamedSecret(candidate.secret),
	"password-like": (candidate) => isGiven(candidate) && isPassword(candidate),
	"quoted-password": ({ secret }) => !isDismissed(secret) && !mentionsPassword(secret),
	"command-password": (candidate) => !isCalled(candidate) && isCommandPassword(candidate.secret),
	"connection-password": (candidate) => isConnectionPassword(candidate),
	"element-value": (candidate) => isElementValue(candidate.secret) && !isInSentence(candidate),
	"quoted-secret": (candidate) =>
		isGiven(candidate) && !isMessage(candidate) && isQuotedSecret(candidate.secret),
	"service-code": (candidate) =>
		!isSaidToBeDigest(candidate) &&
		!NAMED_ID.test(introductionOf(candidate)) &&
		isServiceCode(candidate.secret),
	"odd-value": ({ secret }) => isOdd(secret, MANY_SIGNS),
	"user-password": ({ secret }) => !isPlaceholder(secret.slice(secret.indexOf(":") + 1)),
	"random-looking": ({ secret }) => isRandomLooking(secret),
	"basic-credentials": ({ secret }) => isBasicCredentials(secret),
	"url-password": ({ secret }) => isUrlPassword(secret),
	jwt: ({ secret }) => isJwt(secret),
};

function isGiven(candidate: Candidate): boolean {
	return !isCalled(candidate) && !isNotGiven(candidate) && !isOfCipherText(candidate);
}

function isAssignedSecret(candidate: Candidate): boolean {
	const value = candidate.secret;
	if (isNumberedName(value) && !isQuoted(candidate)) return false;
	if (value.length < SHORTEST_ASSIGNED || isDismissed(value) || isIdentifier(value)) return false;
	if (isMember(value) || isNumber(value) || isLabel(value)) return false;
	if (OF_A_SECRET.test(introductionOf(candidate))) return false;
	if (!isQuoted(candidate) && isNameWithFigures(value)) return false;
	if (isUuid(value)) return true;
	if (isHex(value)) return value.length >= SHORTEST_HEX;
	if (isLongCode(value)) return true;
	if (!/\d/.test(value) || !/[A-Za-z]/.test(value) || entropyPerCharacter(value) < LEAST_ENTROPY)
		return false;
	return meanSurprise(value) >= SURPRISING;
}

/** After a word that announces it and no more than a blank: only what is long and orderless, or a plain id. */
function isAnnounced(whole: string): boolean {
	const value = whole.replace(DATE, "");
	if (value.length < 20 || isDismissed(value) || isIdentifier(value)) return false;
	return isUuid(value) || isHex(value) || isLongCode(value) || isStrongSecret(value);
}

/** A constant of a program. */
function isNumber(value: string): boolean {
	return /^(?:0x[0-9a-f]{1,16}|\d{1,25}(?:[iu](?:8|16|32|64|128|size)|f(?:32|64)|u?l{1,2}|n|px|ms)?)$/i.test(
		value,
	);
}

/** `signature_method`, `key_sha256`, `secret_name`: told about a secret, and none. */
const OF_A_SECRET =
	/(?:method|algorithm|alg|type|version|format|length|size|count|sha\d{0,3}|hash|digest|fingerprint|index|usage|class|style|name|column|field|prefix|header)["'`\])]{0,3}[ \t]{0,8}(?::|=|,)/i;

const DATE = /(?:19|20)\d\d-[01]\d-[0-3]\d/g;

function isSaidToBeDigest({ text, match }: Candidate): boolean {
	return followsDigestName(text, match.secretStart);
}

/** After a word that announces it, anything that is not made of words. */
function isLoose(value: string): boolean {
	if (holdsWords(value) || isNameWithFigures(value) || isMember(value) || isNumber(value)) return false;
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

/** `user:password@`: written to be replaced. */
function isOfNobody(url: string): boolean {
	const password = passwordIn(url);
	return password.length < SHORTEST_PASSWORD || /^pass(?:wo?r?d)?$/i.test(password);
}

/** Shorter ones are written to be replaced: `u:p@`, `foo:bar@`. */
const SHORTEST_PASSWORD = 4;
/** `u:p@`. */
const LONGEST_STAND_IN = 2;

function passwordIn(url: string): string {
	return /:\/\/[^:@]*:([^@]*)@/.exec(url)?.[1] ?? "";
}

function isUrlPassword(value: string): boolean {
	if (isPlaceholder(value) || /^\{[A-Za-z_]\w*\}$/.test(value)) return false; // a place for one in Python, too
	return !/^\d{1,5}\/|^[*.x]+$|^x-(?:oauth-basic|token-auth)$/i.test(value);
}

/** Hosts that the standards keep free for examples. */
const EXAMPLE_HOST = /@[\w.-]*\bexample\.(?:com|org|net)\b/;

/** `postgres://user:$PASSWORD@host`: nothing secret in it. */
const TEMPLATE_PASSWORD = /:(?:\$\{?|<|%\(|\{)[^@]*@/;

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

/** `authorization = OAuth2.create(`: code, not a header. */
function isVariable(candidate: Candidate): boolean {
	if (isQuoted(candidate) || !/[=,]/.test(introductionOf(candidate))) return false;
	const { secret } = candidate;
	return isCalled(candidate) || isMember(secret) || isNameWithFigures(secret);
}

function isBearer(value: string): boolean {
	return value.length >= 12 && /\d/.test(value) && !isPlaceholder(value) && !isMarkedFake(value);
}

/** `hostId`: which one it is, not a key to it. */
const NAMED_ID = /(?<![Cc]lient|[Oo]rg)Id["']?[ \t]{0,4}[:=]/;

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

function isRandomLooking(value: string): boolean {
	if (isDismissed(value)) return false;
	return characterKinds(value) >= 2 && hasDistinct(value, 8) && entropyPerCharacter(value) >= 3;
}

/** `Basic` in prose is followed by a word; credentials are base64 of `name:password`. */
function isBasicCredentials(value: string): boolean {
	if (!/^[A-Za-z0-9+/_-]{6,}={0,2}$/.test(value)) return false;
	const password = basicPassword(value);
	return password !== undefined && password !== "" && !isPlaceholder(password);
}

/** What stands behind the name; undefined for what is no such credentials. */
function basicPassword(value: string): string | undefined {
	return /^[\x20-\x7e]*?:([\x20-\x7e]*)$/.exec(decodeBase64(value))?.[1];
}

/** `Basic`, and a name and a word for a password. */
function isStandIn(candidate: Candidate): boolean {
	if (!/basic\s{1,3}$/i.test(introductionOf(candidate))) return false;
	const password = basicPassword(candidate.secret);
	return password !== undefined && (password === "" || isPlaceholder(password));
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
