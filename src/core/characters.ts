/**
 * The code unit of a text, which has to have as many: asking beyond its end once makes all other asking slow. Strings come in many makes (joined, cut out, of one byte a character or two), among which looking
 * up the method takes longer than the method itself: in loops over characters it is named outright.
 */
export function codeAt(text: string, at: number): number {
	return String.prototype.charCodeAt.call(text, at);
}

const SPACE = 0x20;
/** Below it, these two are all the blanks that a row of a screen can have. */
const NO_BREAK_SPACE = 0xa0;
const FIRST_OTHER_BLANK = 0x1680;

/** Columns before the first character; of a blank text, all of them. */
export function indentOf(text: string): number {
	const { length } = text;
	for (let at = 0; at < length; at++) {
		const code = codeAt(text, at);
		if (code === SPACE || code === NO_BREAK_SPACE) continue;
		if (code > SPACE && code < FIRST_OTHER_BLANK) return at;
		return length - text.trimStart().length;
	}
	return length;
}
