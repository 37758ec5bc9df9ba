/** `ctrl-x p` as the bytes that a terminal sends for it. Pure. */

const NAMED: Readonly<Record<string, string>> = {
	esc: "\x1b",
	tab: "\t",
	space: " ",
	f1: "\x1bOP",
	f2: "\x1bOQ",
	f3: "\x1bOR",
	f4: "\x1bOS",
	f5: "\x1b[15~",
	f6: "\x1b[17~",
	f7: "\x1b[18~",
	f8: "\x1b[19~",
	f9: "\x1b[20~",
	f10: "\x1b[21~",
	f11: "\x1b[23~",
	f12: "\x1b[24~",
};
const MOST_KEYS = 4;
/** Whatever is written has them: as the first key they would pause by accident. */
const WRITTEN = /^(?:[a-z0-9]|space|tab)$/u;

/** Undefined where it is no such keys: one to four, with blanks between them, and none first that is in every text. */
export function parsePauseKeys(text: string): Uint8Array | undefined {
	const names = text.trim().toLowerCase().split(/\s+/);
	const keys = names.map(bytesOf);
	if (keys.length > MOST_KEYS || keys.includes(undefined) || WRITTEN.test(names[0] ?? "")) return undefined;
	return new TextEncoder().encode(keys.join(""));
}

function bytesOf(name: string): string | undefined {
	const control = /^(?:ctrl-|c-|\^)(?<key>[a-z\]\\^_])$/u.exec(name)?.groups?.key;
	if (control !== undefined) return String.fromCharCode(control.toUpperCase().charCodeAt(0) & 0x1f);
	const alt = /^(?:alt-|m-)(?<key>[a-z0-9])$/u.exec(name)?.groups?.key;
	if (alt !== undefined) return `\x1b${alt}`;
	return NAMED[name] ?? (/^[a-z0-9]$/u.test(name) ? name : undefined);
}
