/** Where there is nothing to show: why, and what to do. */
import type { ReactNode } from "react";
import { ApiFailure } from "../api/client.ts";
import { visible } from "../text/visible.ts";

export function Notice({
	title,
	children,
	tone = "calm",
}: {
	readonly title: string;
	readonly children?: ReactNode;
	readonly tone?: "calm" | "bad";
}) {
	return (
		<div className={`notice is-${tone}`} role={tone === "bad" ? "alert" : undefined}>
			<h2>{title}</h2>
			{children}
		</div>
	);
}

export function Failure({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
	const { title, hint } = explain(error);
	return (
		<Notice title={title} tone="bad">
			{hint !== undefined && <p>{hint}</p>}
			{onRetry !== undefined && (
				<button type="button" onClick={onRetry}>
					Try again
				</button>
			)}
		</Notice>
	);
}

function explain(error: unknown): { readonly title: string; readonly hint: string | undefined } {
	if (error instanceof ApiFailure) return { title: sentence(visible(error.message)), hint: error.hint };
	return {
		title: "Something went wrong on this page",
		hint: "Load it anew. If it stays, ctrace doctor says whether all is well.",
	};
}

function sentence(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

export function Loading({ what }: { readonly what: string }) {
	return (
		<div className="loading" role="status">
			<span className="spinner" aria-hidden="true" />
			{what}
		</div>
	);
}
