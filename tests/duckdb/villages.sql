-- The village table, ranking and incentives of 冷市镇, worked out again from persons.parquet and
-- targets.csv by somebody who has not seen the program. $persons and $targets are files.
with villages as (
    select row_number() over () as seq, code, name, residents, target
    from read_csv($targets, types = {'code': 'varchar'})
),
payers as (
    select village, count(*) as paid, sum(paid_fen) as amount_fen
    from read_parquet($persons)
    where paid_on is not null
    group by village
),
liable as (
    select
        village,
        count(*) as liable,
        count(*) filter (verdict in ('resident', 'employee', 'flexible', 'elsewhere')) as covered,
        count(*) filter (verdict = 'unenrolled') as unenrolled,
        count(*) filter ("group" = 'priority') as priority,
        count(*) filter (
            "group" = 'priority' and verdict in ('resident', 'employee', 'flexible', 'elsewhere')
        ) as priority_covered
    from read_parquet($persons)
    where scope is not null and verdict <> 'exempt'
    group by village
),
table_of_villages as (
    select
        seq, name, residents, target,
        coalesce(paid, 0) as paid,
        coalesce(amount_fen, 0) as amount_fen,
        coalesce(liable, 0) as liable, coalesce(covered, 0) as covered,
        coalesce(unenrolled, 0) as unenrolled,
        coalesce(priority, 0) as priority, coalesce(priority_covered, 0) as priority_covered
    from villages
    left join payers on payers.village = villages.code
    left join liable on liable.village = villages.code
)
select
    *,
    rank() over (order by paid::double / target desc) as place,
    -- 3 yuan a head; 50 yuan for each whole point below 任务数; 2000 yuan for reaching it.
    paid * 300 as per_head_fen,
    case when paid < target then (target - paid) * 100 // target end as points,
    case when paid < target then -5000 * ((target - paid) * 100 // target) end as penalty_fen,
    case when paid >= target then 200000 end as bonus_fen
from table_of_villages
order by seq
