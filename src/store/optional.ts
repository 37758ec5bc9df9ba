/** A field that is there only when its value is known: in our data absent means unknown, and null is not used. */
export function optional<K extends string, V>(
	key: K,
	value: V | null | undefined,
): { readonly [P in K]?: V } {
	if (value === null || value === undefined) return {};
	return { [key]: value } as { readonly [P in K]?: V };
}
