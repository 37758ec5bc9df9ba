/** A mean under its name, or nothing where nothing was measured. */
export function optionalMean<Name extends string>(
	name: Name,
	sum: number,
	count: number,
): { readonly [N in Name]?: number } {
	return (count === 0 ? {} : { [name]: sum / count }) as { readonly [N in Name]?: number };
}
