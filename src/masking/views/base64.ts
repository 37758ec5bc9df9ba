/** Texts written in base64: decoded, so that what is inside is found, and masked where it stands in its code. */
import { type View, ViewBuilder } from "./view.ts";

const RUN = /[A-Za-z0-9+/_-]{24,}={0,2}/g;
/** Longer runs are images and programs. */
const LONGEST = 24_576;
/** The first bytes tell text from digests: twelve printable ones by chance are rarer than one in a hundred thousand. */
const PROBE = 16;

/** One view for every run that decodes to text. */
export function base64Views(text: string): View[] {
	const views: View[] = [];
	RUN.lastIndex = 0;
	for (let run = RUN.exec(text); run !== null; run = RUN.exec(text)) {
		if (run[0].length > LONGEST || !isTextual(decode(run[0].slice(0, PROBE)))) continue;
		const decoded = decode(run[0]);
		if (decoded !== undefined && isTextual(decoded)) views.push(viewOf(text, run.index, run[0], decoded));
	}
	return views;
}

function viewOf(text: string, start: number, run: string, decoded: string): View {
	const builder = new ViewBuilder(text);
	// Three bytes come from four characters: the smallest unit that can be replaced on its own.
	for (let i = 0, at = 0; i < decoded.length; i += 3, at += 4) {
		builder.decoded(decoded.slice(i, i + 3), start + at, start + Math.min(run.length, at + 4));
	}
	return builder.build();
}

function decode(run: string): string | undefined {
	const standard = run.replace(/=+$/, "").replace(/-/g, "+").replace(/_/g, "/");
	const whole = standard.length % 4 === 1 ? standard.slice(0, -1) : standard;
	try {
		return atob(whole);
	} catch {
		return undefined; // not base64 after all: an answer, not a failure
	}
}

function isTextual(decoded: string | undefined): boolean {
	return (
		decoded !== undefined &&
		decoded !== "" &&
		/^[\t\n\r\x20-\x7e\x80-\xff]+$/.test(decoded) &&
		printableShare(decoded) > 0.95
	);
}

function printableShare(decoded: string): number {
	return (decoded.match(/[\t\n\r\x20-\x7e]/g)?.length ?? 0) / decoded.length;
}
