/** How people and machines are reached: mail, phones, addresses, names in paths. */
import type { Candidate } from "../value-context.ts";

/** Addresses nobody reads behind: kept, because they are no person's. */
const IMPERSONAL =
	/^(?:no-?reply|do-?not-?reply|git|your-?name)@|@(?:example\.(?:com|org|net|test)|[^@]*\.(?:example|test|invalid|localhost)|users\.noreply\.github\.com|(?:[a-z0-9-]+\.)*(?:test|local)host?)$/i;
/** What follows an `@` but is a file or a version: `icon@2x.png`, `left-pad@1.3.0`. */
const NOT_A_DOMAIN =
	/\.(?:png|jpe?g|gif|svg|webp|ico|css|js|ts|jsx|tsx|mjs|cjs|json|md|html?|py|rb|go|rs|sh|lock|map|yml|yaml|service|target|socket|timer)$/i;

export function isEmail({ secret, text, match }: Candidate): boolean {
	const domain = secret.slice(secret.lastIndexOf("@") + 1);
	const top = domain.slice(domain.lastIndexOf(".") + 1);
	if (!/^(?:[a-z]{2,24}|xn--[a-z0-9-]{2,59})$/i.test(top)) return false;
	if (NOT_A_DOMAIN.test(secret) || IMPERSONAL.test(secret)) return false;
	return !IN_A_URL.test(text.slice(Math.max(0, match.secretStart - LONGEST_USER), match.secretStart));
}

/** `a@b.com`, `me@x.io`: made up for an example far more often than anybody's. */
export function isShortEmail(text: string): boolean {
	return text.length <= LONGEST_EXAMPLE;
}

const LONGEST_EXAMPLE = 8;

/** `https://user:` before it: what follows is a password and a host. */
const IN_A_URL = /:\/\/[^\s/@]{0,80}:$/;
const LONGEST_USER = 84;

/** E.164: a plus, a country code that does not start with 0, eight to fifteen digits. */
export function isPhone(text: string): boolean {
	const digits = text.replace(/\D/g, "");
	return digits.length >= 8 && digits.length <= 15 && !digits.startsWith("0") && new Set(digits).size > 2;
}

/** Ten or eleven digits where a trunk prefix leads, ten elsewhere. */
export function isNationalPhone(text: string): boolean {
	const digits = text.replace(/\D/g, "");
	if (digits.startsWith("0") && digits.length < SHORTEST_WITH_TRUNK) return false;
	return isPhone(`1${digits}`);
}

const SHORTEST_WITH_TRUNK = 10;

export function isIpv4({ secret, text, match }: Candidate): boolean {
	if (!areOctets(secret.replace(/\/\d{1,2}$/, ""))) return false;
	const before = text.slice(Math.max(0, match.secretStart - 12), match.secretStart);
	return !/[vV=~^<>]$|version[ :"']*$|\d[.\-_]$/.test(before);
}

function areOctets(address: string): boolean {
	const octets = address.split(".");
	return octets.length === 4 && octets.every((octet) => Number(octet) <= 255 && !/^0\d/.test(octet));
}

/** Eight groups of up to four hexadecimal digits, one stretch of zeros left out; the last two may be written as version 4. */
export function isIpv6({ secret, text, match }: Candidate): boolean {
	const bare = secret.replace(/%[\w.-]+$|\/\d{1,3}$/, "");
	const embedded = /\d{1,3}(?:\.\d{1,3}){3}$/.exec(bare)?.[0];
	if (embedded !== undefined && !areOctets(embedded)) return false;
	if (bare === "::") return secret !== bare || ADDRESS_LABEL.test(text.slice(0, match.secretStart));
	const address = embedded === undefined ? bare : `${bare.slice(0, -embedded.length)}0:0`;
	const groups = address.split(":").filter((group) => group !== "");
	const gaps = address.split("::").length - 1;
	if (gaps > 1 || groups.some((group) => !/^[0-9A-Fa-f]{1,4}$/.test(group))) return false;
	if (gaps === 0 ? groups.length !== 8 : groups.length > 7 || groups.length < 1) return false;
	// `std::fs`, `a::b`: without a figure and with a name's neighbour it is a path of a program
	const isPath = gaps === 1 && (!/\d/.test(secret) || /[A-Za-z_]$/.test(text.slice(0, match.secretStart)));
	return !isPath;
}

/** `::` alone is an operator as often as an address. */
const ADDRESS_LABEL = /(?:ip(?:v6)?|src|dst|addr(?:ess)?|unspecified|bind|listen)[\s:=]{0,3}$/i;

/** Accounts that belong to a machine, an image or a convention, not to a person. */
const SHARED_ACCOUNTS =
	/^(?:root|runner|user|users|node|vscode|ubuntu|debian|admin|administrator|app|apps|www|www-data|git|home|public|default|guest|shared|nobody|circleci|jenkins|travis|vagrant|docker|linuxbrew|codespace|gitpod|ec2-user|me|you|username|name|dev|all users|all)$/i;

export function isUserName(text: string): boolean {
	return text.length >= 2 && !SHARED_ACCOUNTS.test(text) && !/^[.$%<{*]/.test(text);
}
