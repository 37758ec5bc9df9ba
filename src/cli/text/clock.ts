/** Places in a recording as they are typed: `8.427`, `2:03`, `1:02:03.5`; in milliseconds since its session started. */

const CLOCK = /^(?:(?:(\d{1,3}):)?(\d{1,4}):)?(\d{1,6})(?:\.(\d{1,3}))?$/;

/** Undefined for what is none. */
export function parseClock(text: string): number | undefined {
	const found = CLOCK.exec(text);
	if (found === null) return undefined;
	const [hours, minutes, seconds] = [found[1], found[2], found[3]].map((part) => Number(part ?? 0));
	return (
		(((hours ?? 0) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000 +
		Number((found[4] ?? "").padEnd(3, "0"))
	);
}

/** To the millisecond, without needless noughts. */
export function formatClock(ms: number): string {
	const whole = Math.floor(ms / 1000);
	const [hours, minutes, seconds] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
	const two = (value: number) => String(value).padStart(2, "0");
	const rest = String(Math.floor(ms) % 1000)
		.padStart(3, "0")
		.replace(/0+$/, "");
	const clock = hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
	return rest === "" ? clock : `${clock}.${rest}`;
}
