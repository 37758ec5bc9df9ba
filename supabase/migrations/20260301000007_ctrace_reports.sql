-- ctrace: the figures of a team's report. Read with the rights of whoever asks: what is not shared with them is in no sum.

-- Whether a report may say who did what. Off until an owner or an admin says otherwise.
alter table public.teams add column names_in_reports boolean not null default false;

create function public.set_names_in_reports(team uuid, allowed boolean) returns void
	language plpgsql security definer set search_path = '' as
$$
begin
	perform ctrace_private.require_user();
	perform ctrace_private.require_role(team, 'owner', 'admin');
	update public.teams t set names_in_reports = allowed where t.id = team;
end $$;

-- From `since` up to `until`, days on the calendar of `zone`. A session counts on the day it began, a turn on the day of its
-- prompt, a call with its turn, as on a person's own machine. People are named only where the team's setting allows it.
create function public.team_figures(team uuid, since timestamptz, until timestamptz, zone text) returns jsonb
	language sql stable security invoker set search_path = '' as
$$
	with shared as materialized (
		select s.id, s.user_id, s.cwd, s.started_at, s.status, s.exit
		from public.sessions s where s.team_id = team and s.started_at < until
	), begun as materialized (
		select s.*, (s.started_at at time zone zone)::date as day from shared s where s.started_at >= since
	), given as materialized (
		select s.user_id, s.cwd, t.session_id, t.seq, t.status, t.prompt_kind, (t.started_at at time zone zone)::date as day,
			coalesce(t.input_tokens, 0) + coalesce(t.output_tokens, 0) + coalesce(t.cache_read_tokens, 0)
				+ coalesce(t.cache_write_tokens, 0) as tokens, coalesce(t.cost_usd, 0) as cost_usd
		from shared s join public.turns t on t.session_id = s.id
		where t.started_at >= since and t.started_at < until and not t.is_withdrawn
	), calls as materialized (
		select i.name, i.status from given g join public.items i on i.session_id = g.session_id and i.turn_seq = g.seq
		where i.kind = 'tool'
	), used as materialized (
		select b.user_id, b.cwd, b.day, 1 as sessions, 0 as turns, 0 as tokens, 0 as cost_usd from begun b
		union all
		select g.user_id, g.cwd, g.day, 0, (g.prompt_kind <> 'none')::int, g.tokens, g.cost_usd from given g
	)
	select jsonb_build_object(
		'names_in_reports', coalesce((select t.names_in_reports from public.teams t where t.id = team), false),
		'totals', (
			select jsonb_build_object(
				'people', count(distinct u.user_id), 'sessions', coalesce(sum(u.sessions), 0), 'turns', coalesce(sum(u.turns), 0),
				'tokens', coalesce(sum(u.tokens), 0), 'cost_usd', coalesce(sum(u.cost_usd), 0),
				'failed_sessions', (select count(*) from begun b
					where b.status = 'failed' or coalesce((b.exit ->> 'code')::numeric, 0) > 0),
				'lost_sessions', (select count(*) from begun b where b.status = 'lost'),
				'interrupted', (select count(*) from given g where g.prompt_kind <> 'none' and g.status = 'interrupted'),
				'tool_calls', (select count(*) from calls), 'tool_failures', (select count(*) from calls c where c.status = 'error'))
			from used u),
		'days', coalesce((
			select jsonb_agg(to_jsonb(d) order by d.day) from (
				select u.day, sum(u.sessions) as sessions, sum(u.turns) as turns, sum(u.tokens) as tokens, sum(u.cost_usd) as cost_usd
				from used u group by u.day) d), '[]'),
		'projects', coalesce((
			select jsonb_agg(to_jsonb(p) order by p.turns desc, p.cwd) from (
				select u.cwd, sum(u.sessions) as sessions, sum(u.turns) as turns, sum(u.tokens) as tokens, sum(u.cost_usd) as cost_usd
				from used u group by u.cwd order by turns desc, u.cwd limit 20) p), '[]'),
		'tools', coalesce((
			select jsonb_agg(to_jsonb(c) order by c.calls desc, c.name) from (
				select c.name, count(*) as calls, count(*) filter (where c.status = 'error') as failures,
					count(*) filter (where c.status = 'rejected') as refusals
				from calls c group by c.name order by calls desc, c.name limit 20) c), '[]'),
		'people', coalesce((
			select jsonb_agg(to_jsonb(p) order by p.turns desc, p.person) from (
				select m.email as person, sum(u.sessions) as sessions, sum(u.turns) as turns, sum(u.tokens) as tokens,
					sum(u.cost_usd) as cost_usd
				from used u join public.members m on m.team_id = team and m.user_id = u.user_id
				where (select t.names_in_reports from public.teams t where t.id = team)
				group by m.email) p), '[]'))
$$;

revoke all on function public.set_names_in_reports(uuid, boolean),
	public.team_figures(uuid, timestamptz, timestamptz, text) from public, anon;
grant execute on function public.set_names_in_reports(uuid, boolean),
	public.team_figures(uuid, timestamptz, timestamptz, text) to authenticated;
