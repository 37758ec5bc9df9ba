import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { change } from "../api/client.ts";
import { shareQuery, teamsQuery } from "../api/queries.ts";
import type { SettingsAnswer, ShareAnswer, ShareBody } from "../api/types.ts";
import { Dialog } from "../parts/dialog.tsx";
import { Failure, Loading } from "../parts/notice.tsx";
import { visibleLine } from "../text/visible.ts";

type Rule = ShareBody["rule"];

interface ShareProps {
	readonly id: string;
	readonly can: SettingsAnswer["can"];
	readonly onClose: () => void;
}

export function ShareDialog({ id, can, onClose }: ShareProps) {
	return (
		<Dialog title="Share with a team" onClose={onClose}>
			{can.share ? <Choice id={id} onClose={onClose} /> : <HowToShare />}
		</Dialog>
	);
}

function HowToShare() {
	return (
		<>
			<p>
				Sessions are shared through a Supabase project of your own, masked as they are here. Set it up, then
				sign in:
			</p>
			<pre className="command">ctrace supabase schema</pre>
			<pre className="command">ctrace login</pre>
		</>
	);
}

function Choice({ id, onClose }: Pick<ShareProps, "id" | "onClose">) {
	const client = useQueryClient();
	const teams = useQuery(teamsQuery);
	const share = useQuery(shareQuery(id));
	const sharing = useMutation({
		mutationFn: (rule: Rule) => change<ShareAnswer>("PUT", `/sessions/${id}/share`, { rule }),
		onSuccess: (answer) => client.setQueryData(["share", id], answer),
	});
	const error = teams.error ?? share.error ?? sharing.error;
	if (error !== null) return <Failure error={error} />;
	if (teams.data === undefined || share.data === undefined) return <Loading what="Asking for your teams" />;
	const choices: readonly (readonly [Rule, string])[] = [
		[{ kind: "none" }, "As the rules for its directory and repository say; without one, private"],
		[{ kind: "private" }, "Private, whatever those rules say"],
		...teams.data.teams.map(({ id: teamId, name }) => [{ kind: "team", teamId }, visibleLine(name)] as const),
	];
	const { rule } = share.data;
	return (
		<>
			<fieldset className="choices" disabled={sharing.isPending}>
				<legend className="hidden">Who may read this session</legend>
				{choices.map(([choice, name]) => (
					<label key={keyOf(choice)}>
						<input
							type="radio"
							name="share"
							checked={keyOf(rule) === keyOf(choice)}
							onChange={() => sharing.mutate(choice)}
						/>
						<span>{name}</span>
					</label>
				))}
			</fieldset>
			{teams.data.teams.length === 0 && (
				<p className="faint">You are in no team yet: ctrace team create NAME</p>
			)}
			<p className="faint">It takes effect with the next sync.</p>
			<div className="dialog-actions">
				<button type="button" onClick={onClose}>
					Done
				</button>
			</div>
		</>
	);
}

function keyOf(rule: Rule): string {
	return rule.kind === "team" ? rule.teamId : rule.kind;
}
