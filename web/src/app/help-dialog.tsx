import { Dialog } from "../parts/dialog.tsx";

const KEYS: readonly (readonly [string, string, readonly (readonly [string, string])[]])[] = [
	["everywhere", "Everywhere", [["?", "these shortcuts"]]],
	[
		"sessions",
		"Sessions",
		[
			["/", "search"],
			["j  k", "next, previous session"],
			["enter", "open it"],
		],
	],
	[
		"session",
		"A session",
		[
			["/", "find in it"],
			["j  k", "next, previous turn"],
			["n  p", "next, previous place that was found"],
			["e", "open or close all tool calls"],
			["g  G", "first, last turn"],
			["u", "back to the list"],
		],
	],
];

export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
	return (
		<Dialog title="Keyboard" onClose={onClose}>
			{KEYS.map(([id, name, keys]) => (
				<section key={id} className="keys">
					<h3>{name}</h3>
					<dl>
						{keys.map(([key, what]) => (
							<div key={key}>
								<dt>
									{key.split("  ").map((one) => (
										<kbd key={one}>{one}</kbd>
									))}
								</dt>
								<dd>{what}</dd>
							</div>
						))}
					</dl>
				</section>
			))}
		</Dialog>
	);
}
