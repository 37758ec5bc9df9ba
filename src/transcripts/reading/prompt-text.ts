/** What a user's line says: the prompt of a person, or what the program put there itself. */
import type { MarkTag, TranscriptMarks } from "../../core/transcript-marks.ts";
import type { Prompt } from "../../core/turn.ts";

export function readPrompt(text: string, marks: TranscriptMarks): Prompt {
	const command = tagged(text, "command", marks);
	if (command !== undefined)
		return {
			text: `${command} ${tagged(text, "command-arguments", marks) ?? ""}`.trim(),
			kind: "slash",
		};
	const shell = tagged(text, "shell", marks);
	if (shell !== undefined) return { text: shell, kind: "bash" };
	const memory = tagged(text, "memory", marks);
	if (memory !== undefined) return { text: memory, kind: "memory" };
	return { text: text.replace(marks.pasteWrap, "").replace(UNSHOWN_KEYS, ""), kind: "prompt" };
}

/** 1.0.35 takes keys that it reads together with text (backspaces, Ctrl-U) for text, and shows none of them. */
const UNSHOWN_KEYS = /[\u0000-\u0008\u000e-\u001f\u007f]/gu;

/** What stands between the first opening tag and the closing one behind it. */
export function tagged(text: string, tag: MarkTag, { tags }: TranscriptMarks): string | undefined {
	const open = `<${tags[tag]}>`;
	const from = text.indexOf(open);
	if (from === -1) return undefined;
	const to = text.indexOf(`</${tags[tag]}>`, from + open.length);
	return to === -1 ? undefined : text.slice(from + open.length, to);
}

const COLOUR = /\u001b\[[0-9;]*m/gu;

/** Output of a command, without the colours it was printed in. */
export function withoutColours(text: string): string {
	return text.replace(COLOUR, "");
}
