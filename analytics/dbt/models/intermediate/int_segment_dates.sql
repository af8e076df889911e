{{ config(materialized="view") }}

-- The day that the metrics end with, and those that digests compare: the last whole day, week and month, and those before.
select distinct cast(ended.on_day as date) as as_of
from (select {{ as_of() }} as last_day) as params
cross join lateral (
    values
        (last_day),
        (last_day - 1),
        (cast(date_trunc('week', last_day + 1) as date) - 1),
        (cast(date_trunc('week', last_day + 1) as date) - 8),
        (cast(date_trunc('month', last_day + 1) as date) - 1),
        (cast(date_trunc('month', date_trunc('month', last_day + 1) - interval '1 day') as date) - 1)
) as ended (on_day)
