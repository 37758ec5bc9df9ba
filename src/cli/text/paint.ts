/** Colours by meaning, or none at all. Pure. */

const CODES = {
	bold: [1, 22],
	dim: [2, 22],
	italic: [3, 23],
	red: [31, 39],
	green: [32, 39],
	yellow: [33, 39],
	blue: [34, 39],
	magenta: [35, 39],
	cyan: [36, 39],
	found: [7, 27],
} as const;

export type Ink = keyof typeof CODES;
export type Paint = (ink: Ink, text: string) => string;

export function createPaint(colour: boolean): Paint {
	if (!colour) return (_ink, text) => text;
	return (ink, text) => {
		if (text === "") return "";
		const [on, off] = CODES[ink];
		return `\x1b[${on}m${text}\x1b[${off}m`;
	};
}
