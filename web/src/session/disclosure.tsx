import type { ReactNode } from "react";
import { keyOf, type Place, useSessionView } from "./session-view.ts";

/** Something that is folded until somebody wants it. What is open stays open while it is out of sight. */
export function Disclosure({
	place,
	label,
	className,
	holdsRevealed = false,
	children,
}: {
	readonly place: Place;
	readonly label: ReactNode;
	readonly className: string;
	/** Something in it was found: it stands open for it. */
	readonly holdsRevealed?: boolean;
	readonly children: ReactNode;
}) {
	const view = useSessionView();
	const key = keyOf(place);
	const isOpen = holdsRevealed || view.isOpen(key);
	return (
		<div className={`disclosure ${className} ${isOpen ? "is-open" : ""}`}>
			<button
				type="button"
				className="disclosure-label"
				aria-expanded={isOpen}
				onClick={() => view.setOpen(key, !isOpen)}
			>
				<span className="disclosure-sign" aria-hidden="true" />
				{label}
			</button>
			{isOpen && <div className="disclosure-body">{children}</div>}
		</div>
	);
}
