/** One of a few, all of which are seen. */
export function Segments<Choice extends string>({
	label,
	value,
	choices,
	onChange,
}: {
	readonly label: string;
	readonly value: Choice;
	readonly choices: Readonly<Record<Choice, string>>;
	readonly onChange: (choice: Choice) => void;
}) {
	return (
		<div className="segments" role="group" aria-label={label}>
			{(Object.keys(choices) as Choice[]).map((choice) => (
				<button key={choice} type="button" aria-pressed={choice === value} onClick={() => onChange(choice)}>
					{choices[choice]}
				</button>
			))}
		</div>
	);
}
