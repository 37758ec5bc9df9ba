-- ctrace: who may do what. Every table is under row-level security; nobody who is not signed in sees anything.

create function ctrace_private.my_teams() returns setof uuid
	language sql stable security definer set search_path = '' as
$$ select m.team_id from public.members m where m.user_id = (select auth.uid()) $$;

create function ctrace_private.my_role(team uuid) returns text
	language sql stable security definer set search_path = '' as
$$ select m.role from public.members m where m.team_id = team and m.user_id = (select auth.uid()) $$;

create function ctrace_private.is_shared_with_me(session uuid) returns boolean
	language sql stable security definer set search_path = '' as
$$
	select exists (
		select from public.sessions s join public.members m on m.team_id = s.team_id
		where s.id = session and m.user_id = (select auth.uid())
	)
$$;

alter table public.teams enable row level security;
alter table public.members enable row level security;
alter table public.invitations enable row level security;
alter table public.sessions enable row level security;
alter table public.turns enable row level security;
alter table public.items enable row level security;
alter table public.recordings enable row level security;
alter table public.insights enable row level security;
alter table public.deletions enable row level security;

-- Some projects give new tables to everybody; here only what is said below holds.
revoke all on public.teams, public.members, public.invitations, public.sessions, public.turns, public.items,
	public.recordings, public.insights, public.deletions from public, anon, authenticated;
grant select on public.teams, public.members to authenticated;
grant select (id, team_id, email, role, created_by, created_at, expires_at, accepted_at)
	on public.invitations to authenticated;
grant select, insert, update on public.sessions, public.turns, public.items, public.recordings, public.insights
	to authenticated;
grant delete on public.recordings, public.insights to authenticated;
grant select, insert on public.deletions to authenticated;
grant all on public.teams, public.members, public.invitations, public.sessions, public.turns, public.items,
	public.recordings, public.insights, public.deletions to service_role;

create policy read_own_teams on public.teams for select to authenticated
	using (id in (select ctrace_private.my_teams()));
create policy read_team_mates on public.members for select to authenticated
	using (team_id in (select ctrace_private.my_teams()));
create policy read_invitations on public.invitations for select to authenticated
	using (ctrace_private.my_role(team_id) in ('owner', 'admin'));

create policy read_sessions on public.sessions for select to authenticated
	using (user_id = (select auth.uid()) or team_id in (select ctrace_private.my_teams()));
-- Only whoever may contribute to a team can share with it; a viewer looks on.
create policy add_sessions on public.sessions for insert to authenticated
	with check (
		user_id = (select auth.uid())
		and (team_id is null or ctrace_private.my_role(team_id) in ('owner', 'admin', 'member'))
	);
create policy change_sessions on public.sessions for update to authenticated
	using (user_id = (select auth.uid()))
	with check (
		user_id = (select auth.uid())
		and (team_id is null or ctrace_private.my_role(team_id) in ('owner', 'admin', 'member'))
	);

create policy read_turns on public.turns for select to authenticated
	using (user_id = (select auth.uid()) or ctrace_private.is_shared_with_me(session_id));
create policy add_turns on public.turns for insert to authenticated with check (user_id = (select auth.uid()));
create policy change_turns on public.turns for update to authenticated
	using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));

create policy read_items on public.items for select to authenticated
	using (user_id = (select auth.uid()) or ctrace_private.is_shared_with_me(session_id));
create policy add_items on public.items for insert to authenticated with check (user_id = (select auth.uid()));
create policy change_items on public.items for update to authenticated
	using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));

create policy read_recordings on public.recordings for select to authenticated
	using (user_id = (select auth.uid()) or ctrace_private.is_shared_with_me(session_id));
create policy add_recordings on public.recordings for insert to authenticated
	with check (user_id = (select auth.uid()));
create policy change_recordings on public.recordings for update to authenticated
	using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy drop_recordings on public.recordings for delete to authenticated
	using (user_id = (select auth.uid()));

create policy read_insights on public.insights for select to authenticated
	using (user_id = (select auth.uid()) or ctrace_private.is_shared_with_me(session_id));
create policy add_insights on public.insights for insert to authenticated
	with check (user_id = (select auth.uid()));
create policy change_insights on public.insights for update to authenticated
	using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy drop_insights on public.insights for delete to authenticated using (user_id = (select auth.uid()));

create policy read_deletions on public.deletions for select to authenticated using (user_id = (select auth.uid()));
create policy add_deletions on public.deletions for insert to authenticated
	with check (user_id = (select auth.uid()));

revoke all on all functions in schema ctrace_private from public, anon, authenticated;
grant usage on schema ctrace_private to authenticated, service_role;
grant execute on function ctrace_private.my_teams(), ctrace_private.my_role(uuid),
	ctrace_private.is_shared_with_me(uuid) to authenticated, service_role;
