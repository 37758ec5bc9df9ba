/** A text of any length: its beginning, and the rest for who wants it. */
import { type ReactNode, useState } from "react";
import { Plain } from "../parts/plain.tsx";
import { formatCompact, formatCount, plural } from "../text/format.ts";

const FEW_LINES = 20;
const FEW_CHARS = 3000;
/** More than this at once makes a browser slow. */
const STEP_CHARS = 200_000;

export interface LongTextProps {
	readonly text: string;
	/** How many characters there are, where the server sent the beginning only. */
	readonly total: number | undefined;
	readonly loadWhole: () => void;
	/** Something in it was found: it stands open. */
	readonly isRevealed?: boolean;
	readonly render?: (text: string) => ReactNode;
}

export function LongText({ text, total, loadWhole, isRevealed = false, render }: LongTextProps) {
	const [shownChars, setShown] = useState(0);
	const short = beginning(text);
	const isShort = short.length < text.length && shownChars === 0 && !isRevealed;
	const seen = isShort ? short : text.slice(0, Math.max(shownChars, STEP_CHARS));
	const more = moreOf({ text, seen, total, isShort });
	const show = () => {
		if (isShort) setShown(STEP_CHARS);
		else if (seen.length < text.length) setShown(seen.length + STEP_CHARS);
		else loadWhole();
	};
	return (
		<>
			{render === undefined ? (
				<pre className="output" tabIndex={0} dir="auto">
					<Plain text={seen} />
				</pre>
			) : (
				render(seen)
			)}
			{more !== undefined && (
				<button type="button" className="quiet small more" onClick={show}>
					{more}
				</button>
			)}
		</>
	);
}

function beginning(text: string): string {
	let end = 0;
	for (let line = 0; line < FEW_LINES; line += 1) {
		const next = text.indexOf("\n", end);
		if (next < 0) {
			end = text.length;
			break;
		}
		end = next + 1;
	}
	const lines = text.slice(0, end).trimEnd();
	// A few characters more are not worth a button.
	if (text.length - lines.length < 200 && text.length <= FEW_CHARS) return text;
	return lines.length <= FEW_CHARS ? lines : lines.slice(0, FEW_CHARS);
}

interface Shown {
	readonly text: string;
	readonly seen: string;
	readonly total: number | undefined;
	readonly isShort: boolean;
}

function moreOf({ text, seen, total, isShort }: Shown): string | undefined {
	if (isShort) {
		const lines = text.split("\n").length;
		return lines > FEW_LINES
			? `Show all ${plural(lines, "line")}`
			: `Show all ${formatCount(text.length)} characters`;
	}
	if (seen.length < text.length)
		return `Show ${formatCompact(Math.min(STEP_CHARS, text.length - seen.length))} characters more`;
	if (total !== undefined && total > text.length)
		return `Load the whole: ${formatCompact(total - text.length)} characters more`;
	return undefined;
}
