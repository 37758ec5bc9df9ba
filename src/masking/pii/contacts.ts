/** How people and machines are reached: mail, phones, addresses, names in paths. */
import type { Candidate } from "../validators.ts";

/** Addresses nobody reads behind: kept, because they are no person's. */
const IMPERSONAL =
	/^(?:no-?reply|do-?not-?reply|git|example|user|you|your-?name|name|foo|bar|test)@|@(?:example\.(?:com|org|net|test)|[^@]*\.(?:example|test|invalid|localhost)|users\.noreply\.github\.com|(?:[a-z0-9-]+\.)*(?:test|local)host?)$/i;
/** What follows an `@` but is a file or a version: `icon@2x.png`, `left-pad@1.3.0`. */
const NOT_A_DOMAIN =
	/\.(?:png|jpe?g|gif|svg|webp|ico|css|js|ts|jsx|tsx|mjs|cjs|json|md|html?|py|rb|go|rs|sh|lock|map|yml|yaml|service|target|socket|timer)$/i;

export function isEmail(text: string): boolean {
	const domain = text.slice(text.lastIndexOf("@") + 1);
	const top = domain.slice(domain.lastIndexOf(".") + 1);
	if (!/^(?:[a-z]{2,24}|xn--[a-z0-9-]{2,59})$/i.test(top)) return false;
	return !NOT_A_DOMAIN.test(text) && !IMPERSONAL.test(text);
}

/** E.164: a plus, a country code that does not start with 0, eight to fifteen digits. */
export function isPhone(text: string): boolean {
	const digits = text.replace(/\D/g, "");
	return digits.length >= 8 && digits.length <= 15 && !digits.startsWith("0") && new Set(digits).size > 2;
}

export function isNationalPhone(text: string): boolean {
	const digits = text.replace(/\D/g, "");
	return digits.length >= 9 && digits.length <= 12 && new Set(digits).size > 2;
}

/** Addresses that name no machine of the public internet: own host, private networks, documentation. */
const PRIVATE_IPV4 =
	/^(?:0\.|10\.|127\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|22[4-9]\.|23\d\.|2[45]\d\.|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.)/;

export function isIpv4({ secret, text, match }: Candidate): boolean {
	const octets = secret.split(".");
	if (octets.length !== 4 || octets.some((octet) => Number(octet) > 255 || /^0\d/.test(octet))) return false;
	const before = text.slice(Math.max(0, match.secretStart - 12), match.secretStart);
	if (/[vV=~^<>]$|version[ :"']*$|\d[.\-_]$/.test(before)) return false;
	return !PRIVATE_IPV4.test(secret);
}

export function isIpv6({ secret }: Candidate): boolean {
	const groups = secret.split(":");
	if (groups.length < 3 || groups.length > 8) return false;
	const isCompressed = secret.includes("::");
	if (!isCompressed && groups.length !== 8) return false;
	if (isCompressed && secret.indexOf("::") !== secret.lastIndexOf("::")) return false;
	if (!/\d/.test(secret) || secret.replace(/[^0-9a-f]/gi, "").length < 4) return false;
	return !/^(?:::1?|fe80:|f[cd][0-9a-f]{2}:|ff|2001:db8:)/i.test(secret);
}

/** Accounts that belong to a machine, an image or a convention, not to a person. */
const SHARED_ACCOUNTS =
	/^(?:root|runner|user|users|node|vscode|ubuntu|debian|admin|administrator|app|apps|www|www-data|git|home|public|default|guest|shared|nobody|circleci|jenkins|travis|vagrant|docker|linuxbrew|codespace|gitpod|ec2-user|me|you|username|name|dev|all users|all)$/i;

export function isUserName(text: string): boolean {
	return text.length >= 2 && !SHARED_ACCOUNTS.test(text) && !/^[.$%<{*]/.test(text);
}
