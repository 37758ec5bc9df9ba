/** The lines of ours in a shell's own file: put in at its end, taken out without a trace. Pure. */

const BEGIN = "# >>> ctrace >>>";
/** The file did not end with a line break: the one before the block is ours, too. */
const BEGIN_JOINED = "# >>> ctrace >>> (and the line break before)";
const END = "# <<< ctrace <<<";
/** As it lies in a file: from the beginning of its first line to the end of its last one. */
const BLOCK =
	/(?:^# >>> ctrace >>>|(\n)# >>> ctrace >>> \(and the line break before\))\n[\s\S]*?^# <<< ctrace <<<\n?/m;

/** The text with exactly one block of ours that holds `line`. */
export function addBlock(text: string, line: string): string {
	const rest = removeBlock(text);
	const isJoined = rest !== "" && !rest.endsWith("\n");
	return `${rest}${isJoined ? `\n${BEGIN_JOINED}` : BEGIN}\n${line}\n${END}\n`;
}

/** The text as it would be without us. What was written behind the block since then stays on a line of its own. */
export function removeBlock(text: string): string {
	const found = BLOCK.exec(text);
	if (found === null) return text;
	const behind = text.slice(found.index + found[0].length);
	const seam = found[1] !== undefined && behind !== "" ? "\n" : "";
	return removeBlock(text.slice(0, found.index) + seam + behind);
}

export function hasBlock(text: string): boolean {
	return BLOCK.test(text);
}
