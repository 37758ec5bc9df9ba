import { useLayoutEffect, useRef } from "react";
import { visible } from "../text/visible.ts";
import { Plain } from "./plain.tsx";

/** Code, coloured once the highlighter is there. */
export function Code({ text, language }: { readonly text: string; readonly language: string | undefined }) {
	const place = useRef<HTMLElement>(null);
	useLayoutEffect(() => {
		const element = place.current;
		if (element === null || language === undefined) return;
		element.textContent = visible(text);
		void colourCode(element, language);
	}, [text, language]);
	return (
		<pre className="code" tabIndex={0}>
			{language === undefined ? (
				<code>
					<Plain text={text} />
				</code>
			) : (
				<code ref={place} />
			)}
		</pre>
	);
}

/** Leaves the text as it is where its language is not known. */
export async function colourCode(element: HTMLElement, language: string): Promise<void> {
	const text = element.textContent ?? "";
	const { highlightCode } = await import("../text/highlight.ts");
	// Another text may stand there by now.
	if (!element.isConnected || element.textContent !== text) return;
	const coloured = highlightCode(text, language);
	if (coloured !== undefined) element.replaceChildren(coloured);
}
