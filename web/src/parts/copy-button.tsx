import { useEffect, useState } from "react";

const SAID_MS = 1600;

/** Copies what is seen. `text` may have to be asked for first. */
export function CopyButton({
	text,
	label,
	title,
	className = "quiet small",
}: {
	readonly text: string | (() => Promise<string>);
	readonly label: string;
	readonly title?: string;
	readonly className?: string;
}) {
	const [state, setState] = useState<"idle" | "copied" | "failed">("idle");
	useEffect(() => {
		if (state === "idle") return;
		const timer = setTimeout(() => setState("idle"), SAID_MS);
		return () => clearTimeout(timer);
	}, [state]);
	const copy = async () => {
		try {
			await navigator.clipboard.writeText(typeof text === "string" ? text : await text());
			setState("copied");
		} catch {
			setState("failed");
		}
	};
	return (
		<button type="button" data-stays="" className={className} title={title} onClick={() => void copy()}>
			<span aria-live="polite">
				{state === "idle" ? label : state === "copied" ? "Copied" : "Not copied"}
			</span>
		</button>
	);
}
