/** Text of a session, as text: what was masked stands out, what would act is seen. */
import { Fragment } from "react";
import { splitPlaceholders } from "../text/placeholder.ts";
import { visible } from "../text/visible.ts";

export function Plain({ text }: { readonly text: string }) {
	const pieces = splitPlaceholders(visible(text));
	return pieces.map((piece, index) =>
		piece.kind === "text" ? (
			<Fragment key={index}>{piece.text}</Fragment>
		) : (
			<span key={index} className="masked" title={`Masked: ${piece.whole}`}>
				{piece.what}
			</span>
		),
	);
}

/** With the parts that were found marked. Ranges are UTF-16 units of the text as it came. */
export function Highlighted({
	text,
	ranges,
}: {
	readonly text: string;
	readonly ranges: readonly (readonly [number, number])[];
}) {
	const parts: { readonly text: string; readonly isMarked: boolean }[] = [];
	let end = 0;
	for (const [from, to] of ranges) {
		if (from > end) parts.push({ text: text.slice(end, from), isMarked: false });
		parts.push({ text: text.slice(Math.max(from, end), to), isMarked: true });
		end = Math.max(end, to);
	}
	parts.push({ text: text.slice(end), isMarked: false });
	return parts.map((part, index) =>
		part.isMarked ? <mark key={index}>{visible(part.text)}</mark> : <Plain key={index} text={part.text} />,
	);
}
