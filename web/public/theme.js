// Before anything is painted: the theme that was chosen here, if one was. Without one, the system's holds.
try {
	const chosen = localStorage.getItem("ctrace-theme");
	if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
	// Storage may be forbidden: then the system's theme it is.
}
