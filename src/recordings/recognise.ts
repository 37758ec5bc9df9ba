/** Which kind of recording a file is, by what it begins with; its name has no say. */
import type { RecordingFormat } from "./recording.ts";

/** As much of a file as is looked at. */
export const HEAD_BYTES = 64 * 1024;

export interface Recognition {
	/** What looks like bare terminal output counts: somebody said how large the terminal was. */
	readonly isRawWelcome: boolean;
}

/** Undefined: nothing that can be imported. A damaged recording is recognised by what is left of its head. */
export function recogniseFormat(
	head: Uint8Array,
	{ isRawWelcome }: Recognition,
): RecordingFormat | undefined {
	const text = new TextDecoder("latin1").decode(head).replace(/^\xef\xbb\xbf/u, "");
	if (text.startsWith("{")) {
		const version = castVersion(text);
		if (version !== undefined) return version;
	}
	if (/^Script started on .*\r?\n/u.test(text)) return "typescript";
	if (/^[^\n]{0,200}\[(?:COMMAND|TERM|TTY)="[^\n]*\]\n/u.test(text)) return "typescript";
	return isRawWelcome && isTerminalOutput(text) ? "raw" : undefined;
}

function castVersion(text: string): RecordingFormat | undefined {
	const version = /"version"\s*:\s*([123])\b/u.exec(text)?.[1];
	const hasSize = /"(?:width|height|term|stdout)"\s*:/u.test(text);
	const isBareHead = /^\{\s*"version"\s*:/u.test(text);
	if (version === undefined || !(hasSize || isBareHead)) return undefined;
	return `asciicast-v${version as "1" | "2" | "3"}`;
}

/** Escape sequences, and none of the bytes that only binary files are full of. */
function isTerminalOutput(text: string): boolean {
	return /\x1b[[\]]/u.test(text) && !text.includes("\0");
}
