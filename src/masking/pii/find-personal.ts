/**
 * What tells who somebody is: addresses, numbers, accounts, names in paths. Unlike secrets they have no prefix to look
 * for, so each has a cheap shape and a check that proves it.
 */
import type { PrivacyLevel } from "../../patterns/secret-rule.ts";
import type { Finding, Range } from "../finding.ts";
import type { Reading } from "../reading.ts";
import type { Candidate } from "../value-context.ts";
import { isCard, isIban, isMyNumber, isUsSsn } from "./checksums.ts";
import { isEmail, isIpv4, isIpv6, isNationalPhone, isPhone, isShortEmail, isUserName } from "./contacts.ts";
import { type PlaceKind, Places } from "./places.ts";

interface PersonalRule {
	readonly id: string;
	/** Where in a text it can stand at all. */
	readonly place: PlaceKind;
	/** A number with fewer figures is not worth a look. */
	readonly leastDigits?: number;
	readonly level: PrivacyLevel;
	readonly description: string;
	/** With a group `secret`, or none: then the whole match. */
	readonly shape: RegExp;
	readonly accepts: (candidate: Candidate) => boolean;
	/** The same value written in another way has the same pseudonym. */
	readonly normalise: (value: string) => string;
}

const digitsOnly = (value: string) => value.replace(/\D/g, "");
const lowerCase = (value: string) => value.toLowerCase();
const compact = (value: string) => value.replace(/[ -]/g, "").toUpperCase();
const asItIs = (value: string) => value;

/** A word before a number that says what it is; as far back as a label stands. */
const LABEL_REACH = 48;
const PHONE_LABEL = /(?:phone|mobile|cell|call|fax|whatsapp|telephone|\btel\b|電話|携帯)[^\n\d]{0,24}$/i;
const SSN_LABEL = /(?:\bssn\b|social security|\bss#)[^\n\d]{0,24}$/i;
const MY_NUMBER_LABEL = /(?:個人番号|マイナンバー|my ?number)[^\n\d]{0,24}$/i;

function follows(label: RegExp, { text, match }: Candidate): boolean {
	return label.test(text.slice(Math.max(0, match.secretStart - LABEL_REACH), match.secretStart));
}

const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi;
const UUID_LENGTH = 36;

/** The groups of a random id may look like a country, a check sum and an account: ours are of this form, too. */
function isInUuid({ text, match, secret }: Candidate): boolean {
	const from = Math.max(0, match.secretStart - UUID_LENGTH);
	const end = match.secretStart + secret.length;
	const around = text.slice(from, end + UUID_LENGTH);
	return [...around.matchAll(UUID)].some(
		({ index }) => from + index < end && from + index + UUID_LENGTH > match.secretStart,
	);
}

export const PERSONAL_RULES: readonly PersonalRule[] = [
	{
		id: "email",
		place: "at-sign",
		level: "MEDIUM",
		description: "E-mail address",
		shape:
			/(?<![A-Za-z0-9._%+-])[A-Za-z0-9_%+-][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?\.){1,8}(?:xn--[A-Za-z0-9-]{2,59}|[A-Za-z]{2,24})(?![A-Za-z0-9@-])/g,
		accepts: (candidate) => !isShortEmail(candidate.secret) && isEmail(candidate),
		normalise: lowerCase,
	},
	{
		id: "email",
		place: "at-sign",
		level: "LOW",
		description: "E-mail address of a few letters, mostly an example",
		shape:
			/(?<![A-Za-z0-9._%+-])[A-Za-z0-9_%+-][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?\.){1,8}(?:xn--[A-Za-z0-9-]{2,59}|[A-Za-z]{2,24})(?![A-Za-z0-9@-])/g,
		accepts: (candidate) => isShortEmail(candidate.secret) && isEmail(candidate),
		normalise: lowerCase,
	},
	{
		id: "card",
		place: "number",
		leastDigits: 13,
		level: "HIGH",
		description: "Payment card number",
		shape: /(?<![\w.-])\d(?:[ -]?\d){12,18}(?![\w-]|\.\d)/g,
		accepts: ({ secret }) => isCard(secret),
		normalise: digitsOnly,
	},
	{
		id: "iban",
		place: "account",
		level: "HIGH",
		description: "International bank account number",
		shape: /(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]){11,30}(?![A-Za-z0-9])/g,
		accepts: (candidate) => isIban(candidate.secret) && !isInUuid(candidate),
		normalise: compact,
	},
	{
		id: "us-ssn",
		place: "number",
		leastDigits: 9,
		level: "HIGH",
		description: "US social security number",
		shape: /(?<![\w.-])(?:\d{3}-\d{2}-\d{4}|\d{3} \d{2} \d{4}|\d{3}\.\d{2}\.\d{4})(?![\w-]|\.\d)/g,
		accepts: ({ secret }) => isUsSsn(secret),
		normalise: digitsOnly,
	},
	{
		id: "us-ssn",
		place: "number",
		leastDigits: 9,
		level: "HIGH",
		description: "US social security number after its name",
		shape: /(?<![\w.-])\d{9}(?![\w-])/g,
		accepts: (candidate) => follows(SSN_LABEL, candidate) && isUsSsn(candidate.secret),
		normalise: digitsOnly,
	},
	{
		id: "us-ssn",
		place: "number",
		leastDigits: 9,
		level: "LOW",
		description: "US social security number with one of its hyphens",
		shape: /(?<![\w.-])(?:\d{3}-\d{6}|\d{5}-\d{4})(?![\w-]|\.\d)/g,
		accepts: ({ secret }) => isUsSsn(secret),
		normalise: digitsOnly,
	},
	{
		id: "my-number",
		place: "number",
		leastDigits: 12,
		level: "MEDIUM",
		description: "Japanese individual number after its name",
		shape: /(?<![\w.-])\d{4}[ -]?\d{4}[ -]?\d{4}(?![\w-])/g,
		accepts: (candidate) => follows(MY_NUMBER_LABEL, candidate) && isMyNumber(candidate.secret),
		normalise: digitsOnly,
	},
	{
		id: "my-number",
		place: "number",
		leastDigits: 12,
		level: "LOW",
		description: "Japanese individual number",
		shape: /(?<![\w.-])\d{4}[ -]\d{4}[ -]\d{4}(?![\w-])/g,
		accepts: ({ secret }) => isMyNumber(secret),
		normalise: digitsOnly,
	},
	{
		id: "phone",
		place: "number",
		leastDigits: 8,
		level: "MEDIUM",
		description: "Telephone number in international form",
		shape: /(?<![\w+.=/:-])\+[1-9]\d{0,3}(?:[ .-]?\(?\d{1,5}\)?){2,6}(?![\w])/g,
		accepts: ({ secret }) => isPhone(secret),
		normalise: digitsOnly,
	},
	{
		id: "phone",
		place: "number",
		level: "MEDIUM",
		description: "Telephone number after its name",
		shape: /(?<![\w.-])\(?\d{2,5}\)?[ .-]?\d{2,5}[ .-]?\d{2,5}(?:[ .-]?\d{1,5})?(?![\w-])/g,
		accepts: (candidate) => {
			const digits = digitsOnly(candidate.secret).length;
			return digits >= 7 && digits <= 13 && follows(PHONE_LABEL, candidate);
		},
		normalise: digitsOnly,
	},
	{
		id: "phone",
		place: "number",
		leastDigits: 9,
		level: "LOW",
		description: "Telephone number in a national form",
		shape: /(?<![\w.-])(?:\(\d{3}\) ?\d{3}-\d{4}|\d{3}[-.]\d{3}[-.]\d{4}|0\d{1,4}-\d{1,4}-\d{4})(?![\w-])/g,
		accepts: ({ secret }) => isNationalPhone(secret),
		normalise: digitsOnly,
	},
	{
		id: "ip-address",
		place: "dots",
		level: "LOW",
		description: "Address of a machine on the internet",
		shape: /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?(?![\w]|\.\d)/g,
		accepts: isIpv4,
		normalise: asItIs,
	},
	{
		id: "ip-address",
		place: "colons",
		level: "LOW",
		description: "Address of a machine on the internet, version 6",
		shape:
			/(?<![\w:.])(?:(?:[0-9A-Fa-f]{1,4}:|::)[0-9A-Fa-f:]{0,38}(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f]|:)|::)(?:%[\w.-]{1,16}|\/\d{1,3})?(?![\w:]|\.\d)/g,
		accepts: isIpv6,
		normalise: lowerCase,
	},
	{
		id: "home-user",
		place: "home",
		level: "MEDIUM",
		description: "Name of a user in a path",
		shape:
			/(?:\/home\/|\/Users\/|[A-Za-z]:\\{1,4}Users\\{1,4}|¥Users¥|\\home\\)(?<secret>[^/\\¥\s"'`:;,<>()[\]{}|*?$]{2,32})(?=[/\\¥\s"'`:;,<>()[\]{}|]|$)/g,
		accepts: ({ secret }) => isUserName(secret),
		normalise: asItIs,
	},
];

/** Adds what it finds in a text. */
export type PersonalFinder = (reading: Reading, findings: Finding[]) => void;

/** `applies` says which levels the mode masks. */
export function createPersonalFinder(applies: (level: PrivacyLevel) => boolean): PersonalFinder {
	const rules = PERSONAL_RULES.filter((rule) => applies(rule.level));
	return (reading, findings) => {
		if (rules.length === 0) return;
		const { text } = reading;
		const places = new Places(reading);
		for (const rule of rules) {
			for (const place of places.of(rule.place)) {
				if (place.digits === undefined || place.digits >= (rule.leastDigits ?? 0))
					findIn(rule, text, place, findings);
			}
		}
	};
}

/** Room on both sides of a place for what a shape looks at. */
const MARGIN = 2;

function findIn(rule: PersonalRule, text: string, place: Range, findings: Finding[]): void {
	const from = Math.max(0, place.start - MARGIN);
	const slice = text.slice(from, place.end + MARGIN);
	rule.shape.lastIndex = 0;
	for (let found = rule.shape.exec(slice); found !== null; found = rule.shape.exec(slice)) {
		const secret = found.groups?.secret ?? found[0];
		const start = from + found.index + found[0].length - secret.length;
		const end = start + secret.length;
		const match = { start: from + found.index, end, secretStart: start, secretEnd: end };
		if (!rule.accepts({ secret, text, match })) continue;
		findings.push({ ruleId: rule.id, level: rule.level, start, end, secret: rule.normalise(secret) });
	}
}
