/** What a terminal sends for the keys that scenarios press. */
const KEYS: Readonly<Record<string, string>> = {
	enter: "\r",
	esc: "\x1b",
	up: "\x1b[A",
	down: "\x1b[B",
	right: "\x1b[C",
	left: "\x1b[D",
	tab: "\t",
	"shift-tab": "\x1b[Z",
	backspace: "\x7f",
	i: "i",
	x: "x",
	"page-up": "\x1b[5~",
	"page-down": "\x1b[6~",
	"ctrl-b": "\x02",
	"ctrl-c": "\x03",
	"ctrl-d": "\x04",
	"ctrl-g": "\x07",
	"ctrl-o": "\x0f",
	"ctrl-r": "\x12",
	"ctrl-s": "\x13",
	"ctrl-t": "\x14",
	"ctrl-u": "\x15",
	/** Mouse wheel in SGR reports, over the middle of a small screen. */
	"wheel-up": "\x1b[<64;20;5M",
	"wheel-down": "\x1b[<65;20;5M",
};

export function keyBytes(key: string): string {
	const bytes = KEYS[key];
	if (bytes === undefined) throw new Error(`no such key: ${key}`);
	return bytes;
}

export function pasted(text: string): string {
	// A terminal sends carriage returns for the line ends of a paste.
	return `\x1b[200~${text.replaceAll("\n", "\r")}\x1b[201~`;
}
