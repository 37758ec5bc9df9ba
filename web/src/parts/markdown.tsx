import { useLayoutEffect, useRef } from "react";
import { renderMarkdown } from "../text/rich-text.ts";
import { colourCode } from "./code.tsx";

export function Markdown({ text }: { readonly text: string }) {
	const place = useRef<HTMLDivElement>(null);
	useLayoutEffect(() => {
		const element = place.current;
		if (element === null) return;
		element.replaceChildren(renderMarkdown(text));
		for (const code of element.querySelectorAll<HTMLElement>("pre > code")) {
			const language = /\blanguage-([\w+#-]+)/.exec(code.className)?.[1];
			if (language !== undefined) void colourCode(code, language.toLowerCase());
			if (code.parentElement !== null) code.parentElement.tabIndex = 0;
		}
	}, [text]);
	return <div className="markdown" ref={place} dir="auto" />;
}
