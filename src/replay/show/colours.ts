/** Colours for where there is no terminal: the sixteen of a dark one, and xterm's other 240. */
import { ATTRIBUTES, PALETTE, type Paint, RGB } from "../../core/picture.ts";

export const BACKGROUND = "#1b1d22";
export const FOREGROUND = "#d6d8dd";

const SIXTEEN: readonly string[] = [
	"#2b2e36",
	"#e06c75",
	"#98c379",
	"#e5c07b",
	"#61afef",
	"#c678dd",
	"#56b6c2",
	"#c8ccd4",
	"#6b7280",
	"#ff8b94",
	"#b5e090",
	"#ffd88f",
	"#8cc8ff",
	"#dd9df0",
	"#7fd6e0",
	"#ffffff",
];
const CUBE_STEPS: readonly number[] = [0, 95, 135, 175, 215, 255];

export interface CssPaint {
	readonly fg: string;
	/** Absent: the screen's own. */
	readonly bg?: string;
	readonly isDim: boolean;
}

/** With inverse colours the right way round. */
export function cssPaint({ fg, bg, attributes }: Paint): CssPaint {
	const isDim = (attributes & ATTRIBUTES.dim) !== 0;
	const [front, back] = [cssColour(fg), cssColour(bg)];
	if ((attributes & ATTRIBUTES.inverse) !== 0)
		return { fg: back ?? BACKGROUND, bg: front ?? FOREGROUND, isDim };
	return { fg: front ?? FOREGROUND, ...(back === undefined ? {} : { bg: back }), isDim };
}

/** Undefined: the terminal's own. */
function cssColour(colour: number): string | undefined {
	if (colour === 0) return undefined;
	if ((colour & RGB) !== 0) return hex(colour & 0xffffff);
	const number = colour & ~PALETTE & 0xff;
	if (number < 16) return SIXTEEN[number];
	if (number >= 232) return hex((8 + 10 * (number - 232)) * 0x010101);
	const step = (divisor: number) => CUBE_STEPS[Math.floor((number - 16) / divisor) % 6] ?? 0;
	return hex((step(36) << 16) | (step(6) << 8) | step(1));
}

function hex(value: number): string {
	return `#${value.toString(16).padStart(6, "0")}`;
}
