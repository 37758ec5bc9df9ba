/** Where a session lies in the repository. Pure: the same session lies in the same place. */

const SLUG_CHARS = 40;
/** Of a UUIDv7: when it began, to the millisecond, and enough of its chance to tell two of one millisecond apart. */
const ID_START = 13;
const ID_END = 4;

export interface PlacedSession {
	readonly id: string;
	/** Milliseconds since the Unix epoch. */
	readonly startedAt: number;
	readonly title: string;
}

/** `2026-11`, in UTC: the same on every machine. */
export function monthOf(startedAt: number): string {
	return new Date(startedAt).toISOString().slice(0, 7);
}

/** `sessions/2026/11/23-019ab3f0-77c2-9f31-fix-the-login`, without an ending. */
export function pathOf({ id, startedAt, title }: PlacedSession): string {
	const [year, month, day] = new Date(startedAt).toISOString().slice(0, 10).split("-");
	const short = `${id.slice(0, ID_START)}-${id.slice(-ID_END)}`;
	const slug = slugOf(title);
	return `sessions/${year}/${month}/${day}-${short}${slug === "" ? "" : `-${slug}`}`;
}

/** Lower-case ASCII words with dashes; empty where there are none. */
export function slugOf(title: string): string {
	const words = title
		.normalize("NFKD")
		.replace(/\[\[[^\]]*\]\]/gu, " ")
		.toLowerCase()
		.match(/[a-z0-9]+/gu);
	const slug = (words ?? []).join("-").slice(0, SLUG_CHARS);
	return slug.replace(/-+$/u, "");
}
