/** The address's `?…` in plain words: a name is repeated for several values. Pure. */

export function parseAddress(text: string): Record<string, string | string[]> {
	const params = new URLSearchParams(text);
	return Object.fromEntries(
		[...new Set(params.keys())].map((name) => {
			const values = params.getAll(name);
			return [name, values.length === 1 ? (values[0] ?? "") : values];
		}),
	);
}

export function writeAddress(search: Readonly<Record<string, unknown>>): string {
	const params = new URLSearchParams();
	for (const [name, value] of Object.entries(search)) {
		if (value === undefined || value === null) continue;
		for (const one of Array.isArray(value) ? value : [value]) params.append(name, String(one));
	}
	const text = params.toString();
	return text === "" ? "" : `?${text}`;
}

/** Anything else names no session: the server would refuse it. */
export function isSessionId(text: string | undefined): text is string {
	return text !== undefined && /^[0-9a-f-]{36}$/.test(text);
}
