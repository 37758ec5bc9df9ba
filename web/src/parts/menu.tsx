import {
	type KeyboardEvent,
	type MouseEvent as ReactMouseEvent,
	type ReactNode,
	useEffect,
	useRef,
	useState,
} from "react";

/** A few actions behind a button. Escape, or a click elsewhere, closes it. */
export function Menu({ label, children }: { readonly label: string; readonly children: ReactNode }) {
	const [isOpen, setOpen] = useState(false);
	const root = useRef<HTMLDivElement>(null);
	const button = useRef<HTMLButtonElement>(null);
	useEffect(() => {
		if (!isOpen) return;
		const clicked = ({ target }: MouseEvent) => {
			if (target instanceof Node && root.current?.contains(target) === false) setOpen(false);
		};
		addEventListener("mousedown", clicked);
		return () => removeEventListener("mousedown", clicked);
	}, [isOpen]);
	const pressed = (event: KeyboardEvent) => {
		if (event.key !== "Escape" || !isOpen) return;
		event.preventDefault();
		setOpen(false);
		button.current?.focus();
	};
	const chosen = ({ target }: ReactMouseEvent) => {
		// What says that it is done stays to say it.
		if (target instanceof Element && target.closest("[data-stays]") === null) setOpen(false);
	};
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: Escape closes it wherever the focus is in it
		<div className="menu" ref={root} onKeyDown={pressed}>
			<button ref={button} type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
				{label}
			</button>
			{isOpen && (
				// biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: it only hears of what its items do
				<div className="menu-list" onClick={chosen}>
					{children}
				</div>
			)}
		</div>
	);
}
