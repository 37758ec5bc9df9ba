/** Numbers that carry their own proof: cards, accounts and national ids. Separators may be blanks, dots or hyphens. */

/** First digits and lengths of the card networks, from their published ranges. */
const CARD_ISSUERS = [
	/^1\d{14}$/, // UATP
	/^4\d{12}(?:\d{3}){0,2}$/, // Visa
	/^(?:5[1-5]\d{2}|222[1-9]|22[3-9]\d|2[3-6]\d{2}|27[01]\d|2720)\d{12}$/, // Mastercard
	/^3[47]\d{13}$/, // American Express
	/^3(?:0[0-59]\d{11}|[689]\d{12,17})$/, // Diners Club
	/^(?:6011|64[4-9]\d|65\d{2}|622\d)\d{12,15}$/, // Discover, UnionPay co-branded
	/^(?:2131|1800)\d{11}$|^35(?:2[89]|[3-8]\d)\d{12,15}$/, // JCB
	/^62\d{14,17}$/, // UnionPay
	/^5019\d{12}$/, // Dankort
	/^(?:5018|5020|5038|5893|6304|6759|676[1-3])\d{8,15}$/, // Maestro
];

export function isCard(text: string): boolean {
	const digits = text.replace(/[ .-]/g, "");
	if (!usesOneSeparator(text) || new Set(digits).size < 2) return false;
	return CARD_ISSUERS.some((issuer) => issuer.test(digits)) && passesLuhn(digits);
}

function usesOneSeparator(text: string): boolean {
	return new Set(text.match(/[^\d]/g) ?? []).size <= 1;
}

export function passesLuhn(digits: string): boolean {
	let sum = 0;
	for (let i = 0; i < digits.length; i += 1) {
		const digit = Number(digits[digits.length - 1 - i]);
		sum += i % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0);
	}
	return sum % 10 === 0;
}

/** Length of an account number by country, as registered with SWIFT. */
const IBAN_LENGTHS: Readonly<Record<string, number>> = {
	AD: 24,
	AE: 23,
	AL: 28,
	AT: 20,
	AZ: 28,
	BA: 20,
	BE: 16,
	BG: 22,
	BH: 22,
	BI: 27,
	BR: 29,
	BY: 28,
	CH: 21,
	CR: 22,
	CY: 28,
	CZ: 24,
	DE: 22,
	DJ: 27,
	DK: 18,
	DO: 28,
	EE: 20,
	EG: 29,
	ES: 24,
	FI: 18,
	FK: 18,
	FO: 18,
	FR: 27,
	GB: 22,
	GE: 22,
	GI: 23,
	GL: 18,
	GR: 27,
	GT: 28,
	HR: 21,
	HU: 28,
	IE: 22,
	IL: 23,
	IQ: 23,
	IS: 26,
	IT: 27,
	JO: 30,
	KW: 30,
	KZ: 20,
	LB: 28,
	LC: 32,
	LI: 21,
	LT: 20,
	LU: 20,
	LV: 21,
	LY: 25,
	MC: 27,
	MD: 24,
	ME: 22,
	MK: 19,
	MN: 20,
	MR: 27,
	MT: 31,
	MU: 30,
	NI: 28,
	NL: 18,
	NO: 15,
	OM: 23,
	PK: 24,
	PL: 28,
	PS: 29,
	PT: 25,
	QA: 29,
	RO: 24,
	RS: 22,
	RU: 33,
	SA: 24,
	SC: 31,
	SD: 18,
	SE: 24,
	SI: 19,
	SK: 24,
	SM: 27,
	SO: 23,
	ST: 25,
	SV: 28,
	TL: 23,
	TN: 24,
	TR: 26,
	UA: 29,
	VA: 22,
	VG: 24,
	XK: 20,
	YE: 30,
};

export function isIban(text: string): boolean {
	const compact = text.replace(/[ -]/g, "").toUpperCase();
	if (IBAN_LENGTHS[compact.slice(0, 2)] !== compact.length) return false;
	let remainder = 0;
	for (const character of compact.slice(4) + compact.slice(0, 4)) {
		const value = Number.parseInt(character, 36);
		remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
	}
	return remainder === 1;
}

/** Areas 000, 666 and 900-999, group 00 and serial 0000 are never issued. */
export function isUsSsn(text: string): boolean {
	const digits = text.replace(/\D/g, "");
	if (digits.length !== 9 || new Set(digits).size < 2) return false;
	const area = digits.slice(0, 3);
	if (area === "000" || area === "666" || area.startsWith("9")) return false;
	return digits.slice(3, 5) !== "00" && digits.slice(5) !== "0000";
}

const MY_NUMBER_WEIGHTS = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2];

/** The Japanese individual number: eleven digits and a check digit. */
export function isMyNumber(text: string): boolean {
	const digits = Array.from(text.replace(/\D/g, ""), Number);
	if (digits.length !== 12 || new Set(digits).size < 2) return false;
	const sum = MY_NUMBER_WEIGHTS.reduce((total, weight, i) => total + weight * (digits[i] ?? 0), 0);
	const remainder = sum % 11;
	return digits[11] === (remainder <= 1 ? 0 : 11 - remainder);
}
