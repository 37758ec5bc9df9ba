/**
 * What a rule asks beyond its regex, by name. Most drop what only looks like a secret; none of them
 * may drop a value for failing a checksum of a *prefixed* token: a mistyped key is a key all the same.
 */
import type { RuleMatch, ValidatorName } from "../patterns/secret-rule.ts";
import { isCard, isIban, isMyNumber, isUsSsn } from "./pii/checksums.ts";
import { isEmail, isIpv4, isIpv6, isNationalPhone, isPhone, isUserName } from "./pii/contacts.ts";
import {
	characterKinds,
	distinctCharacters,
	entropyPerCharacter,
	isCode,
	isIdentifier,
	isMarkedFake,
	isPathOrUrl,
	isPlaceholder,
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
const LEAST_ENTROPY = 2.8;

export const VALIDATORS: Validators = {
	"assigned-value": (candidate) => !isCalled(candidate) && isAssignedSecret(candidate.secret),
	"bearer-value": ({ secret }) => isBearer(secret),
	"named-secret": ({ secret }) => !isPlaceholder(secret) && !isIdentifier(secret) && !isCode(secret),
	"password-like": (candidate) => !isCalled(candidate) && isPassword(candidate.secret),
	"random-looking": ({ secret }) => isRandomLooking(secret),
	"basic-credentials": ({ secret }) => isBasicCredentials(secret),
	"url-password": ({ secret }) => !isPlaceholder(secret) && !/^[*.x]+$/i.test(secret),
	jwt: ({ secret }) => isJwt(secret),
	"luhn-card": ({ secret }) => isCard(secret),
	iban: ({ secret }) => isIban(secret),
	"us-ssn": ({ secret }) => isUsSsn(secret),
	"my-number": ({ secret }) => isMyNumber(secret),
	email: ({ secret }) => isEmail(secret),
	phone: ({ secret }) => isPhone(secret),
	"phone-national": ({ secret }) => isNationalPhone(secret),
	ipv4: isIpv4,
	ipv6: isIpv6,
	"user-name": ({ secret }) => isUserName(secret),
};

/** `getPassword(`: what follows shows that the value is a piece of code. */
function isCalled({ text, match }: Candidate): boolean {
	return text[match.secretEnd] === "(";
}

function isAssignedSecret(value: string): boolean {
	if (value.length < SHORTEST_ASSIGNED || isDismissed(value)) return false;
	return /\d/.test(value) && /[A-Za-z]/.test(value) && entropyPerCharacter(value) >= LEAST_ENTROPY;
}

function isBearer(value: string): boolean {
	return value.length >= 16 && /\d/.test(value) && !isPlaceholder(value) && !isMarkedFake(value);
}

/** A password is short and pronounceable: only what is plainly none is dropped. */
function isPassword(value: string): boolean {
	if (value.length < 4 || isDismissed(value)) return false;
	return !isIdentifier(value) || value.length >= 8;
}

function isRandomLooking(value: string): boolean {
	if (isDismissed(value)) return false;
	return characterKinds(value) >= 2 && distinctCharacters(value) >= 8 && entropyPerCharacter(value) >= 3;
}

function isDismissed(value: string): boolean {
	return (
		isPlaceholder(value) ||
		isMarkedFake(value) ||
		isCode(value) ||
		isPathOrUrl(value) ||
		isVersionOrDate(value)
	);
}

/** `Basic` in prose is followed by a word; credentials are base64 of `name:password`. */
function isBasicCredentials(value: string): boolean {
	if (!/^[A-Za-z0-9+/_-]{6,}={0,2}$/.test(value)) return false;
	return decodeBase64(value).includes(":") || /[0-9+/=]/.test(value);
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
