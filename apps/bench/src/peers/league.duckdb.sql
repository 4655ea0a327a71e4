-- The league table of a peer group from the fact tables alone: the sample rules of the contract, paragraph 5.
-- $1 first and $2 last day of the quarter, $3 as of, $4 peer group. Points in hundredths; all times are local.
with asked as (
  select $3::timestamp as as_of, $1::date::timestamp as starts_at, ($2::date + 1)::timestamp as ends_at
),
member as (
  select u.unit_code, u.position
  from unit u
  join unit_period p on p.unit_code = u.unit_code
  where p.peer_group = $4
    and (p.valid_from is null or p.valid_from <= $2::date) and (p.valid_to is null or $2::date < p.valid_to)
),
open_span as (
  select unit_code, duty_mode,
    coalesce(valid_from::timestamp, '-infinity') as from_at, coalesce(valid_to::timestamp, 'infinity') as to_at
  from unit_period
  where unit_code in (select unit_code from member)
),
deadline (level, phone_limit, written_limit, by_occurrence) as (
  values ('I', interval '15 minutes', interval '35 minutes', true),
    ('II', interval '15 minutes', interval '35 minutes', true),
    ('III', null, interval '60 minutes', false),
    ('IV', null, interval '120 minutes', false)
),
event as (
  select unit_code, event_code,
    arg_min(level, judging_order) as level,
    arg_min(occurred_at, judging_order) as occurred_at,
    arg_min(learned_at, judging_order) as learned_at,
    max(written_at) filter (where stage = 'first' and written_at <= as_of) as first_at,
    max(written_at) filter (where stage = 'final' and written_at <= as_of) as final_at,
    min(phoned_at) as phoned_at
  from (
    select *, case when stage = 'first' then 0 else epoch(learned_at)::bigint * 100000
      + case when stage = 'final' then 99999 else sequence end end as judging_order
    from report
  ), asked
  group by unit_code, event_code
),
owed as (
  select e.unit_code, e.event_code, e.level, e.first_at, e.final_at, e.phoned_at, e.clock_at,
    e.clock_at + e.phone_limit as phone_due_at,
    e.clock_at + e.written_limit as written_due_at
  from (
    select event.*, phone_limit, written_limit, case when by_occurrence then occurred_at else learned_at end as clock_at
    from event
    join deadline using (level)
  ) e, asked
  where e.learned_at <= as_of and e.clock_at >= starts_at and e.clock_at < ends_at
    and exists (
      select 1 from open_span s where s.unit_code = e.unit_code and s.from_at <= e.clock_at and e.clock_at < s.to_at
    )
),
-- Slots are counted through: twice a day, at 08:00 and 17:00. A report meets the first slot at or after it.
slots as (
  select unit_code, event_code, first_at,
    earliest // 86400 * 2 + (earliest % 86400 > 28800)::int + (earliest % 86400 > 61200)::int as first_slot,
    latest // 86400 * 2 - 1 + (latest % 86400 >= 28800)::int + (latest % 86400 >= 61200)::int as last_slot
  from (
    select owed.*, epoch(first_at)::bigint + 7200 as earliest, epoch(coalesce(final_at, as_of))::bigint as latest
    from owed, asked
    where level in ('I', 'II', 'III') and first_at is not null
  )
),
met as (
  select unit_code, event_code, count(distinct greatest(slot, first_slot)) as slot_count
  from (
    select s.*, second // 86400 * 2 + (second % 86400 > 28800)::int + (second % 86400 > 61200)::int as slot
    from slots s
    join (
      select *, epoch(written_at)::bigint as second
      from report, asked
      where stage in ('follow_up', 'final') and written_at <= as_of
    ) r on r.unit_code = s.unit_code and r.event_code = s.event_code and r.written_at > s.first_at
    where last_slot >= first_slot
  )
  where slot <= last_slot
  group by unit_code, event_code
),
given as (
  select o.unit_code, o.event_code, bit_count(bit_or(r.elements))::int as element_count
  from owed o
  join report r on r.unit_code = o.unit_code and r.event_code = o.event_code
  cross join asked
  where o.first_at + interval '24 hours' <= as_of
    and r.written_at <= o.first_at + interval '24 hours'
  group by o.unit_code, o.event_code
),
misreport_now as (
  select m.unit_code, m.event_code, m.kind
  from misreport m, asked
  where m.confirmed_on between $1::date and $2::date
    and m.confirmed_on::timestamp <= as_of
),
outcome as (
  select o.unit_code,
    case
      when o.first_at <= written_due_at then 'on_time'
      when o.first_at is not null then 'late'
      when as_of <= written_due_at then 'not_yet_due'
      else 'missing'
    end as outcome,
    case
      when o.first_at > written_due_at
        then least(100 * ceil(epoch(o.first_at - written_due_at) / 3600)::int, 500)
      when o.first_at is null and as_of > written_due_at then 800
      else 0
    end as written_points,
    case
      when as_of > phone_due_at and least(o.phoned_at, o.first_at) is null then 100
      when as_of > phone_due_at and least(o.phoned_at, o.first_at) > phone_due_at then 100
      else 0
    end as phone_points,
    least(greatest(coalesce(last_slot - first_slot + 1, 0), 0) - coalesce(met.slot_count, 0), 3) * 100 as slot_points,
    coalesce(given.element_count, 0) as element_part,
    case
      when o.first_at is null and as_of > written_due_at then 12
      when o.first_at + interval '24 hours' <= as_of then 12
      else 0
    end as element_whole,
    exists (
      select 1 from misreport_now m
      where m.unit_code = o.unit_code and m.event_code = o.event_code and m.kind in ('omitted', 'concealed')
    ) as is_absorbed
  from owed o
  cross join asked
  left join slots using (unit_code, event_code)
  left join met using (unit_code, event_code)
  left join given using (unit_code, event_code)
),
of_events as (
  select unit_code,
    count(*) filter (where outcome = 'on_time')::int as on_time,
    count(*) filter (where outcome = 'late')::int as late,
    count(*) filter (where outcome = 'missing')::int as missing,
    count(*) filter (where outcome = 'not_yet_due')::int as not_yet_due,
    sum(element_part)::int as element_part,
    sum(element_whole)::int as element_whole,
    coalesce(sum(written_points + phone_points + slot_points) filter (where not is_absorbed), 0)::int as lost_timeliness,
    coalesce(sum(least(element_whole - element_part, 4) * 100) filter (where not is_absorbed), 0)::int as lost_completeness
  from outcome
  group by unit_code
),
price (finding, points) as (
  values ('absent', 500), ('no_answer', 500), ('call_forwarded', 400), ('invalid_number', 300),
    ('leader_unreachable', 300), ('not_as_rostered', 200), ('unfamiliar', 100), ('log_missing', 100),
    ('equipment_missing', 100)
),
judged_check as (
  select c.check_code, any_value(c.unit_code) as unit_code, coalesce(sum(price.points), 0) as points
  from asked, (select *, unnest(if(len(findings) = 0, [null], findings)) as finding from check_record) c
  join open_span s on s.unit_code = c.unit_code and s.from_at <= c.checked_at and c.checked_at < s.to_at
  left join price on price.finding = c.finding and (c.finding <> 'call_forwarded' or s.duty_mode = 'room')
  where c.checked_at >= starts_at and c.checked_at < ends_at and c.checked_at <= as_of
  group by c.check_code
),
of_checks as (
  select unit_code, count(*)::int as total, count(*) filter (where points = 0)::int as passed, sum(points)::int as lost
  from judged_check
  group by unit_code
),
of_misreports as (
  select unit_code, bool_or(kind = 'concealed') as has_concealed, sum(
    case kind when 'understated' then 400 when 'false' then 800 when 'omitted' then 1200 else 2000 end
  )::int as lost
  from misreport_now
  group by unit_code
),
of_filings as (
  select s.unit_code, sum(
    case when f.received_at < overdue_at then 0 when f.received_at <= as_of then 50 when as_of >= overdue_at then 100 else 0 end
  )::int as lost
  from (
    select year, name, form, (first_day_off - 4)::timestamp as overdue_at
    from holiday, (values ('whereabouts'), ('roster')) forms (form)
    where first_day_off - 5 between $1::date and $2::date
  ) h
  cross join asked
  join open_span s on s.from_at < overdue_at and overdue_at <= s.to_at
  left join filing f on f.unit_code = s.unit_code and f.holiday = h.year || '-' || h.name and f.form = h.form
  group by s.unit_code
),
of_bonuses as (
  select b.unit_code, least(sum(
    case b.kind when 'instruction_national' then 500 when 'instruction_province' then 400
      when 'instruction_city' then 300 else 100 end
  ), 500)::int as points
  from bonus b, asked
  where b.awarded_on between $1::date and $2::date
    and b.awarded_on::timestamp <= as_of
  group by b.unit_code
),
summed as (
  select m.unit_code, m.position,
    coalesce(e.on_time, 0) as on_time, coalesce(e.late, 0) as late,
    coalesce(e.missing, 0) as missing, coalesce(e.not_yet_due, 0) as not_yet_due,
    coalesce(e.element_part, 0) as element_part, coalesce(e.element_whole, 0) as element_whole,
    coalesce(c.passed, 0) as check_passed, coalesce(c.total, 0) as check_total,
    coalesce(e.lost_timeliness, 0) as lost_timeliness, coalesce(e.lost_completeness, 0) as lost_completeness,
    coalesce(t.lost, 0) as lost_truthfulness, coalesce(c.lost, 0) as lost_discipline, coalesce(f.lost, 0) as lost_filing,
    coalesce(b.points, 0) as bonus, coalesce(t.has_concealed, false) as has_concealed,
    e.unit_code is not null or c.unit_code is not null as is_measured
  from member m
  left join of_events e using (unit_code)
  left join of_checks c using (unit_code)
  left join of_misreports t using (unit_code)
  left join of_filings f using (unit_code)
  left join of_bonuses b using (unit_code)
),
scored as (
  select summed.*, greatest(3000 - lost_timeliness, 0) + greatest(2000 - lost_completeness, 0)
    + greatest(2000 - lost_truthfulness, 0) + greatest(2000 - lost_discipline, 0) + greatest(1000 - lost_filing, 0) as total
  from summed
)
select unit_code as "unitCode",
  case when is_measured then rank() over (partition by is_measured order by total + bonus desc)::int end as rank,
  case when is_measured then total + bonus end as score,
  case
    when not is_measured then null
    when has_concealed or total < 6000 then '较差'
    when total >= 9000 then '优秀'
    when total >= 8000 then '良好'
    else '一般'
  end as grade,
  lost_timeliness as "lostTimeliness", lost_completeness as "lostCompleteness",
  lost_truthfulness as "lostTruthfulness", lost_discipline as "lostDiscipline", lost_filing as "lostFiling",
  bonus, on_time as "onTime", late, missing, not_yet_due as "notYetDue",
  element_part as "elementPart", element_whole as "elementWhole",
  check_passed as "checkPassed", check_total as "checkTotal"
from scored
order by rank nulls last, position
