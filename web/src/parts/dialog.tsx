/** A modal dialog: the browser's own, which holds the focus and closes with Escape. */
import { type ReactNode, useEffect, useId, useRef } from "react";

export function Dialog({
	title,
	onClose,
	children,
}: {
	readonly title: string;
	readonly onClose: () => void;
	readonly children: ReactNode;
}) {
	const dialog = useRef<HTMLDialogElement>(null);
	const titleId = useId();
	useEffect(() => {
		dialog.current?.showModal();
	}, []);
	return (
		<dialog ref={dialog} aria-labelledby={titleId} onClose={onClose}>
			<header className="dialog-head">
				<h2 id={titleId}>{title}</h2>
				<button
					type="button"
					className="quiet icon"
					aria-label="Close"
					onClick={() => dialog.current?.close()}
				>
					✕
				</button>
			</header>
			{children}
		</dialog>
	);
}
