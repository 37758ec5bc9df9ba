/** Small charts of characters. Pure. */

const LEVELS = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"] as const;
const SHADES = ["·", "░", "▒", "▓", "█"] as const;
const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"] as const;

/** One character a value, as high as its share of the largest; a blank for nothing. */
export function sparkline(values: readonly number[]): string {
	const most = Math.max(0, ...values);
	return values.map((value) => (value <= 0 ? " " : levelOf(value / most, LEVELS))).join("");
}

/** A bar of up to `width` columns, in steps of an eighth; never nothing for something. */
export function bar(value: number, most: number, width: number): string {
	if (value <= 0 || most <= 0) return "";
	const eighths = Math.max(1, Math.round((Math.min(value, most) / most) * width * EIGHTHS.length));
	return "█".repeat(Math.floor(eighths / EIGHTHS.length)) + (EIGHTHS[eighths % EIGHTHS.length] ?? "");
}

/** One character a value, the darker the larger. */
export function shade(value: number, most: number): string {
	return value <= 0 || most <= 0 ? SHADES[0] : levelOf(value / most, SHADES.slice(1));
}

function levelOf(share: number, levels: readonly string[]): string {
	return levels[Math.min(levels.length - 1, Math.floor(share * levels.length))] ?? "";
}

/** Values added up in groups so that at most `columns` are left, each of as many days. */
export function squeeze(values: readonly number[], columns: number): readonly number[] {
	const size = Math.max(1, Math.ceil(values.length / Math.max(1, columns)));
	return Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
		values.slice(index * size, (index + 1) * size).reduce((sum, value) => sum + value, 0),
	);
}
