import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { change } from "../api/client.ts";
import type { DeleteAnswer, SessionHead } from "../api/types.ts";
import { Dialog } from "../parts/dialog.tsx";
import { Failure } from "../parts/notice.tsx";
import { Plain } from "../parts/plain.tsx";
import { titleOf } from "../sessions/title-of.ts";
import { plural } from "../text/format.ts";

export function DeleteDialog({
	session,
	onClose,
}: {
	readonly session: SessionHead;
	readonly onClose: () => void;
}) {
	const client = useQueryClient();
	const navigate = useNavigate();
	const deletion = useMutation({
		mutationFn: () => change<DeleteAnswer>("DELETE", `/sessions/${session.id}`),
		onSuccess: async () => {
			await navigate({ to: "/" });
			for (const key of ["session", "outline", "turns"])
				client.removeQueries({ queryKey: [key, session.id] });
			await client.invalidateQueries();
		},
	});
	return (
		<Dialog title="Delete this session?" onClose={onClose}>
			<p>
				<b>
					<Plain text={titleOf(session)} />
				</b>
				, with its {plural(session.turns, "turn")} and everything stored with it. It cannot be brought back.
				What was exported or copied elsewhere stays there.
			</p>
			{deletion.error !== null && <Failure error={deletion.error} />}
			<div className="dialog-actions">
				<button type="button" onClick={onClose}>
					Keep it
				</button>
				<button
					type="button"
					className="danger"
					disabled={deletion.isPending}
					onClick={() => deletion.mutate()}
				>
					{deletion.isPending ? "Deleting…" : "Delete"}
				</button>
			</div>
		</Dialog>
	);
}
