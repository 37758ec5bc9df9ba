/** What an edit replaced by what, line by line. */
import { useEffect, useState } from "react";
import { Plain } from "../parts/plain.tsx";
import { compareTexts, type DiffLine } from "./compare-texts.ts";

const SIGNS: Readonly<Record<DiffLine["kind"], string>> = { same: " ", added: "+", removed: "−" };

export function Diff({ before, after }: { readonly before: string; readonly after: string }) {
	const [lines, setLines] = useState<readonly DiffLine[]>();
	useEffect(() => {
		let isGone = false;
		void compareTexts(before, after).then((compared) => {
			if (!isGone) setLines(compared);
		});
		return () => {
			isGone = true;
		};
	}, [before, after]);
	return (
		<pre className="diff" tabIndex={0}>
			{lines?.map(({ kind, text }, index) => (
				<span key={index} className={`diff-line is-${kind}`}>
					<span className="diff-sign">{SIGNS[kind]}</span>
					<Plain text={text} />
					{"\n"}
				</span>
			))}
		</pre>
	);
}
