/** The text that a command is given: of a file, or of the standard input. */
import { createReadStream } from "node:fs";
import { CtraceError } from "../core/errors.ts";

const { stdin, stderr } = process;

const READ_FAILURES: Readonly<Record<string, string>> = {
	ENOENT: "there is no such file",
	EISDIR: "it is a directory",
	EACCES: "it may not be read",
};

/** Pieces of text; a character that lies over the edge of two reads stays whole. */
export async function* readInput(file: string | undefined): AsyncIterable<string> {
	const decoder = new TextDecoder();
	const isPiped = file === undefined || file === "-";
	const source = isPiped ? stdin : createReadStream(file);
	if (isPiped && stdin.isTTY) stderr.write("Type or paste the text, and end it with Ctrl-D.\n");
	try {
		for await (const bytes of source) yield decoder.decode(bytes as Uint8Array, { stream: true });
	} catch (cause) {
		const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
		const why = READ_FAILURES[code] ?? "it cannot be read";
		throw new CtraceError("input", `${file ?? "the standard input"}: ${why}`, { cause });
	}
	yield decoder.decode();
}
