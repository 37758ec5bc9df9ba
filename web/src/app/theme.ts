/** Light, dark, or as the system has it. */
import { useSyncExternalStore } from "react";

export type Theme = "system" | "light" | "dark";
const KEY = "ctrace-theme";
const CHANGED = "ctrace-theme-changed";

export function useTheme(): readonly [Theme, (theme: Theme) => void] {
	const theme = useSyncExternalStore(subscribe, readTheme);
	return [theme, writeTheme];
}

/** Grows whenever the colours may have changed: charts are drawn with the colours of the moment. */
export function useColourScheme(): "light" | "dark" {
	return useSyncExternalStore(subscribe, () => {
		const theme = readTheme();
		if (theme !== "system") return theme;
		return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
	});
}

function readTheme(): Theme {
	const { theme } = document.documentElement.dataset;
	return theme === "light" || theme === "dark" ? theme : "system";
}

function writeTheme(theme: Theme): void {
	if (theme === "system") delete document.documentElement.dataset.theme;
	else document.documentElement.dataset.theme = theme;
	try {
		localStorage.setItem(KEY, theme);
	} catch {
		// Storage may be forbidden: then it holds until the page is left.
	}
	dispatchEvent(new Event(CHANGED));
}

function subscribe(changed: () => void): () => void {
	const system = matchMedia("(prefers-color-scheme: dark)");
	addEventListener(CHANGED, changed);
	system.addEventListener("change", changed);
	return () => {
		removeEventListener(CHANGED, changed);
		system.removeEventListener("change", changed);
	};
}
