/** Keys that do something wherever nobody is typing. */
import { useEffect, useRef } from "react";

export type Shortcuts = Readonly<Record<string, () => void>>;

/** Keyed by `KeyboardEvent.key`. */
export function useShortcuts(shortcuts: Shortcuts): void {
	const current = useRef(shortcuts);
	current.current = shortcuts;
	useEffect(() => {
		const pressed = (event: KeyboardEvent) => {
			if (event.defaultPrevented || isWithModifier(event) || isTyping(event.target) || isDialogOpen()) return;
			const action = current.current[event.key];
			if (action === undefined) return;
			event.preventDefault();
			action();
		};
		addEventListener("keydown", pressed);
		return () => removeEventListener("keydown", pressed);
	}, []);
}

function isWithModifier({ ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
	return ctrlKey || metaKey || altKey;
}

function isTyping(target: EventTarget | null): boolean {
	return target instanceof HTMLElement && target.closest("input, textarea, select, .ap-player") !== null;
}

function isDialogOpen(): boolean {
	return document.querySelector("dialog[open]") !== null;
}
