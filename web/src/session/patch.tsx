/** A text that is a patch already: a program printed it, or the terminal showed it with its line numbers. */
import { Plain } from "../parts/plain.tsx";

const UNIFIED = /^(?:diff --git |@@ -\d)/m;
/** `  12 -  the old line` */
const NUMBERED = /^\s*\d+ ?[-+](?: |$)/m;
const LONGEST_CHARS = 200_000;

export function isPatch(text: string): boolean {
	return text.length < LONGEST_CHARS && (UNIFIED.test(text) || NUMBERED.test(text));
}

export function Patch({ text }: { readonly text: string }) {
	const isUnified = UNIFIED.test(text);
	return (
		<pre className="diff" tabIndex={0}>
			{text.split("\n").map((line, index) => (
				<span key={index} className={`diff-line ${kindOf(line, isUnified)}`}>
					<Plain text={line} />
					{"\n"}
				</span>
			))}
		</pre>
	);
}

function kindOf(line: string, isUnified: boolean): string {
	if (!isUnified) {
		const sign = /^\s*\d+ ?([-+])(?: |$)/.exec(line)?.[1];
		return sign === "+" ? "is-added" : sign === "-" ? "is-removed" : "";
	}
	if (line.startsWith("@@")) return "is-place";
	if (/^(?:\+\+\+|---|diff |index )/.test(line)) return "is-head";
	if (line.startsWith("+")) return "is-added";
	return line.startsWith("-") ? "is-removed" : "";
}
