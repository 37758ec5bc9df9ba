/** What a value looks like: a placeholder, a piece of code, or something somebody made hard to guess. */
import { meanSurprise } from "./surprise.ts";

const PLACEHOLDER_WORDS =
	/^(?:x{3,}|\*{3,}|\.{3,}|_{3,}|-{3,}|0+|1234567890?|(?:your|my|some|the|an?|insert|enter|put|add|replace|change|update|use|set|fake|dummy|sample|example|test|mock|foo|bar|baz|todo|fixme|redacted|masked|hidden|removed|placeholder|default)(?:[-_ .][A-Za-z_ .-]*|me|this|here)?|(?:null|none|nil|undefined|true|false|yes|no|on|off|empty|optional|required|string|number|boolean|int|str|bytes|object|any|unknown|void|password|passwd|secret|token|key|apikey|value|username|user|name|email)s?)$/i;
const TEMPLATE = /\$\{|\{\{|\$\(|<[A-Za-z][^>]*>|^\$[A-Za-z_]|^%[A-Za-z_]+%?$|%\(|^#\{|^@[A-Za-z]|\[\[/;
const MARKED_FAKE = /example|placeholder|redacted|changeme|your[-_]|x{6,}|\*{4,}|\.{4,}|sample|dummy/i;
const CODE =
	/[(){}]|=>|::|->|\?\.|^(?:process|os|env|self|this|config|settings|req|res|ctx|props|state|args|options|params|params|request|response|window|document|import|require|await|new|return|function|const|let|var|typeof|lambda)\b/;
const PATH_OR_URL = /^(?:[a-z][a-z0-9+.-]*:\/\/|\.{0,2}\/|~\/|[A-Za-z]:\\|@[a-z])/i;
/** `projects/garden/secrets/rose/versions/2`: where a secret is kept. */
const RESOURCE_NAME = /^projects\/|\/secrets\//;
/** Durations as Ruby has them included: `6.hours`. */
const VERSION_OR_DATE =
	/^[v^~<>=]*\d{1,4}(?:[.:/-]\d{1,4}){1,5}(?:[-+T ][\w.:+-]*)?Z?$|^\d{1,4}\.[a-z]{3,8}$/;
const DOTTED_NAME = /^[A-Za-z_][A-Za-z_]*(?:\.[A-Za-z_][A-Za-z_]*)+$/;
/** `pw[:-1]`, `auth[2]`. */
const INDEXED = /^[A-Za-z_][\w.]*\[/;

/** Runs of the same character, again and again: filled in by hand. */
const FILLER = /(?:(.)\1\1.*){4}/;

export function isPlaceholder(value: string): boolean {
	if (PLACEHOLDER_WORDS.test(value) || TEMPLATE.test(value) || !hasDistinct(value, 4)) return true;
	if (SWITCH.test(value)) return true;
	return value.length <= LONGEST_FILLER && FILLER.test(value) && !/^[0-9a-f-]+$/i.test(value);
}

/** On or off, and the next one of a list. */
const SWITCH = /^(?:true|false|null|none)[&;,]/i;

const LONGEST_FILLER = 64; // long keys may hold such runs by chance

/** Somebody wrote into the value that it is not a real one. */
export function isMarkedFake(value: string): boolean {
	return MARKED_FAKE.test(value);
}

export function isCode(value: string): boolean {
	return CODE.test(value) || DOTTED_NAME.test(value) || INDEXED.test(value);
}

export function isPathOrUrl(value: string): boolean {
	return PATH_OR_URL.test(value) || RESOURCE_NAME.test(value);
}

export function isVersionOrDate(value: string): boolean {
	return VERSION_OR_DATE.test(value);
}

/** Whatever else it is, it is not a secret: filled in, computed, a place or a date. */
export function isDismissed(value: string): boolean {
	return (
		isPlaceholder(value) ||
		isMarkedFake(value) ||
		isCode(value) ||
		isPathOrUrl(value) ||
		isVersionOrDate(value)
	);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const HEX = /^(?:[0-9a-f]+|[0-9A-F]+)$/;

export function isUuid(value: string): boolean {
	return UUID.test(value);
}

/** Hexadecimal digits with both letters and figures among them. */
export function isHex(value: string): boolean {
	return HEX.test(value) && /\d/.test(value) && /[a-f]/i.test(value);
}

/** Words joined as programmers join them, without a digit: `refreshTokenEndpoint`, `NOT_CONFIGURED`, `next-auth`. */
export function isIdentifier(value: string): boolean {
	return /^[A-Za-z]+(?:[-_.: ][A-Za-z]+)*$/.test(value);
}

/** Whether at least so many different UTF-16 units occur; looks no further than it must. */
export function hasDistinct(value: string, least: number): boolean {
	let count = 0;
	for (let i = 0; i < value.length && count < least; i += 1) {
		if (value.indexOf(value[i] ?? "") === i) count += 1;
	}
	return count >= least;
}

/** `Http2Session`, `mySymbol1`: a name with one figure in it. */
export function isNumberedName(value: string): boolean {
	return /^[A-Za-z_$]+\d{1,2}[A-Za-z_$]*$/.test(value);
}

/** Letters by case, figures, and what stands between. */
const PIECES = /[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+|[^A-Za-z0-9]+/g;
/** Made-up keys change at every other character. */
const MOST_PIECES = 0.37;
const SHORTEST_WORD = 4;
/** Mean bits a letter pair, see `meanSurprise`: made-up letters lie above. */
const WORDLIKE = 4.6;

/** `OAuth2AccessToken`, `PBKDF2WithHmacSHA1`, `RSA_PKCS1V15_2048_SHA256`: words and figures, as programmers join them. */
export function isNameWithFigures(value: string): boolean {
	if (value.length > LONGEST_NAME || !/^[A-Za-z_$][\w$]*$/.test(value)) return false;
	return /\d/.test(value) && (isJoinedName(value) || holdsWords(value));
}

/** `SyntaxKindUndefined`, `jumped64`: words that are joined, and few other parts. */
export function holdsWords(value: string): boolean {
	const pieces = value.match(PIECES) ?? [];
	return value.length <= LONGEST_NAME && pieces.length <= MOST_PIECES * value.length && pieces.some(isWord);
}

/** `todo-list-3.x`, `AWS_SIGV4`: hardly anything but words, or a constant. */
export function isLabel(value: string): boolean {
	if (/^[A-Z]{2,}(?:_[A-Z]+\d{0,2})+$/.test(value)) return true;
	const words = value.split(/[-_.]/).filter((part) => /^[A-Za-z]+$/.test(part) && isPlainWord(part));
	return words.join("").length >= MOSTLY_WORDS * value.length;
}

const MOSTLY_WORDS = 0.6;

function isPlainWord(part: string): boolean {
	return part.length >= SHORTEST_WORD && meanSurprise(part) < PLAIN;
}

/** A word of its own is judged less strictly than one inside a name. */
const PLAIN = 5;

const LONGEST_NAME = 40;

function isWord(piece: string): boolean {
	return piece.length >= SHORTEST_WORD && /^[A-Za-z]+$/.test(piece) && meanSurprise(piece) < WORDLIKE;
}

/** Several short parts with `_` between them, each in one case: no key has so many, so evenly. */
export function isJoinedName(value: string): boolean {
	return value.length <= 2 * LONGEST_NAME && JOINED_NAME.test(value);
}

const JOINED_NAME =
	/^(?:[a-z0-9]{1,12}|[A-Z0-9]{1,14}|[A-Z][a-z0-9]{1,12})(?:_{1,2}(?:[a-z0-9]{1,12}|[A-Z0-9]{1,14}|[A-Z][a-z0-9]{1,12})){2,}$/;

/** `hibernate.hbm2ddl.auto`, `protobuf_specs_1.Details`: a member of something, figures and all. */
export function isMember(value: string): boolean {
	const parts = value.split(".");
	return (
		parts.length > 1 &&
		parts.every((part) => /^[A-Za-z_$][\w$]*$/.test(part) && (part.length <= SHORT_PART || isName(part))) &&
		(parts.some((part) => /^[a-z]{3,}$/.test(part)) || (value.match(PIECES) ?? []).some(isWord))
	);
}

const SHORT_PART = 8;

function isName(part: string): boolean {
	return /^[A-Za-z_$]+$/.test(part) || isNumberedName(part) || isNameWithFigures(part);
}

/** In an alphabet hardly a character stands twice. */
const MOSTLY_NEW = 0.9;

/** The alphabet, in any order of its parts: what codes are made of. */
export function isAlphabet(value: string): boolean {
	return (
		/abcdefgh/i.test(value) && /stuvwxyz/i.test(value) && new Set(value).size > MOSTLY_NEW * value.length
	);
}

/** Upper, lower, digit, other: how many of these kinds occur. */
export function characterKinds(value: string): number {
	return [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((kind) => kind.test(value)).length;
}

/** Bits a character, from the value's own distribution. */
export function entropyPerCharacter(value: string): number {
	const counts = new Map<string, number>();
	for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
	let bits = 0;
	for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
	return bits;
}

/** What announces a checksum, a digest or a build's own id. */
const DIGEST_NAME =
	/(?:sha(?:1|224|256|384|512)?[-:=@_ /]?|h1:|md5[-:=]?|integrity["':= ]{0,4}|checksum["':= ]{0,4}|etag["':= ]{0,4}|digest["':= ]{0,6}|blake\w{0,4}[-:=]?|W\/"?|build[-_]?id[=: ]{0,2}|;base64,)$/i;
const LOOK_BACK = 24;

/** The value that starts here is said to be a digest: nothing secret, and needed to compare. */
export function followsDigestName(text: string, start: number): boolean {
	return DIGEST_NAME.test(text.slice(Math.max(0, start - LOOK_BACK), start));
}
