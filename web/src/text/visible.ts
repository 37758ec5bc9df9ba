/** Text of a session is hostile: characters that act instead of being seen are made visible. Pure. */

/** Colours that a program printed: they say nothing here. */
const COLOURS = /\u001b\[[\d;:]*m/g;
/**
 * Control characters but tab and line feed; marks that turn the direction of what follows; characters of no width that
 * hide in words (not the joiners that emoji and some scripts need); tags.
 */
const ACTING =
	/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
const PICTURES = 0x2400;
const DELETE = 0x7f;
const DELETE_PICTURE = "\u2421";

export function visible(text: string): string {
	return text.replace(COLOURS, "").replace(/\r\n/g, "\n").replace(ACTING, picture);
}

/** More than this nobody reads on one line. */
const LONGEST_LINE_CHARS = 500;

/** On one line, which ends somewhere. */
export function visibleLine(text: string): string {
	const line = visible(
		text
			.slice(0, 2 * LONGEST_LINE_CHARS)
			.replace(/\s+/g, " ")
			.trim(),
	);
	return line.length <= LONGEST_LINE_CHARS ? line : `${line.slice(0, LONGEST_LINE_CHARS)}…`;
}

function picture(character: string): string {
	const code = character.codePointAt(0) ?? 0;
	if (code < 0x20) return String.fromCharCode(PICTURES + code);
	if (code === DELETE) return DELETE_PICTURE;
	return `\u27e8U+${code.toString(16).toUpperCase().padStart(4, "0")}\u27e9`;
}

/** Only these lead anywhere: everything else is text. */
export function safeLink(address: string): string | undefined {
	const url = URL.canParse(address) ? new URL(address) : undefined;
	if (url === undefined || !["http:", "https:", "mailto:"].includes(url.protocol)) return undefined;
	// A name before the host makes an address look like another one.
	return url.username === "" && url.password === "" ? url.href : undefined;
}
