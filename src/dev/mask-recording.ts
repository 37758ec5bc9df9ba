/**
 * A recording without its secrets, at the same size on the screen: every character of a secret becomes an asterisk.
 *
 * Secrets are looked for where a person would read them (settled frames, with rows joined) and in the text of each
 * stream; then they are blanked in the bytes, between whatever escape sequences they were drawn with. The result is
 * played and searched again: if it still shows a secret, it is refused as a whole.
 */
import { CtraceError } from "../core/errors.ts";
import type { TerminalEvent, TerminalSize } from "../core/event.ts";
import type { Masker } from "../masking/masker.ts";
import { Screen } from "../screen/screen.ts";
import { joinWrapped } from "../turns/rows.ts";
import { type CastLine, toLines } from "./cast.ts";

export interface Unmasked {
	readonly size: TerminalSize;
	readonly events: readonly TerminalEvent[];
}

export interface MaskedRecording {
	readonly lines: readonly CastLine[];
	/** How many different secrets were blanked. */
	readonly secrets: number;
}

/** Throws `masking` when something that looks like a secret is still to be seen. */
export function maskRecording(recording: Unmasked, masker: Masker): MaskedRecording {
	const lines = toLines(recording.events);
	const secrets = findSecrets(recording.size, lines, masker);
	const masked = blankEverywhere(lines, secrets);
	const left = findSecrets(recording.size, masked, masker);
	if (left.size > 0) {
		throw new CtraceError("masking", `${left.size} secrets could not be blanked, so nothing was written`, {
			hint: "record again without showing or typing them",
		});
	}
	return { lines: masked, secrets: secrets.size };
}

function findSecrets(size: TerminalSize, lines: readonly CastLine[], masker: Masker): ReadonlySet<string> {
	const seen = new Set<string>();
	const secrets = new Set<string>();
	const search = (text: string) => {
		if (seen.has(text)) return;
		seen.add(text);
		for (const { start, end } of masker.maskText(text).spans) {
			for (const piece of text.slice(start, end).split("\n"))
				if (piece.trim() !== "") secrets.add(piece.trim());
		}
	};
	for (const text of screensOf(size, lines)) search(text);
	for (const code of ["o", "i"] as const) search(visibleText(textOf(lines, code)).text);
	for (const { code, data } of lines) if (code === "m") search(data);
	return secrets;
}

function screensOf(size: TerminalSize, lines: readonly CastLine[]): readonly string[] {
	const screen = new Screen(size);
	const encoder = new TextEncoder();
	const frames = lines.flatMap(({ at, code, data }) => {
		if (code === "o") return screen.feed({ kind: "output", at, data: encoder.encode(data) });
		const [cols = 0, rows = 0] = data.split("x").map(Number);
		return code === "r" ? screen.feed({ kind: "resize", at, cols, rows }) : [];
	});
	return [...frames, ...screen.flush()].map((frame) =>
		joinWrapped([...frame.scrolled, ...frame.rows], frame.cols)
			.map((row) => row.text)
			.join("\n"),
	);
}

function textOf(lines: readonly CastLine[], code: CastLine["code"]): string {
	return lines.flatMap((line) => (line.code === code ? line.data : [])).join("");
}

/** Escape sequences and control characters; a title's text (OSC) stays to be searched. */
const UNSEEN =
	/\u001b\[[\d;:<=>?]*[ -/]*[@-~]|\u001b\](?:\d+;)?|\u001b\\|\u001b[ -/]*[0-~]|[\u0000-\u0008\u000b-\u001f\u007f]/gu;

interface Visible {
	readonly text: string;
	/** For each character of `text`, where it stands in the stream. */
	readonly places: readonly number[];
}

/** What can be read in a stream; a carriage return ends a line there. */
function visibleText(stream: string): Visible {
	const places: number[] = [];
	let text = "";
	const keep = (from: number, to: number) => {
		for (let at = from; at < to; at++) places.push(at);
		text += stream.slice(from, to);
	};
	let kept = 0;
	for (const match of stream.matchAll(UNSEEN)) {
		keep(kept, match.index);
		if (match[0] === "\r") {
			places.push(match.index);
			text += "\n";
		}
		kept = match.index + match[0].length;
	}
	keep(kept, stream.length);
	return { text, places };
}

function blankEverywhere(lines: readonly CastLine[], secrets: ReadonlySet<string>): readonly CastLine[] {
	if (secrets.size === 0) return lines;
	const blank = {
		o: blankedPlaces(textOf(lines, "o"), secrets),
		i: blankedPlaces(textOf(lines, "i"), secrets),
	};
	const offset = { o: 0, i: 0 };
	return lines.map((line): CastLine => {
		if (line.code === "m") return { ...line, data: blanked(line.data, blankedPlaces(line.data, secrets), 0) };
		if (line.code !== "o" && line.code !== "i") return line;
		const from = offset[line.code];
		offset[line.code] += line.data.length;
		return { ...line, data: blanked(line.data, blank[line.code], from) };
	});
}

function blankedPlaces(stream: string, secrets: ReadonlySet<string>): ReadonlySet<number> {
	const { text, places } = visibleText(stream);
	const found = new Set<number>();
	for (const secret of secrets) {
		for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1)) {
			for (let i = at; i < at + secret.length; i++) found.add(places[i] ?? -1);
		}
	}
	return found;
}

const WIDE = /[\u1100-\uffff]/u;

/** A wide character becomes a wide asterisk; of a pair of surrogates one remains. */
function blanked(data: string, places: ReadonlySet<number>, from: number): string {
	let text = "";
	for (let at = 0; at < data.length; at++) {
		const unit = data[at] ?? "";
		if (!places.has(from + at)) text += unit;
		else if (!/[\udc00-\udfff]/.test(unit))
			text += WIDE.test(unit) || /[\ud800-\udbff]/.test(unit) ? "＊" : "*";
	}
	return text;
}
