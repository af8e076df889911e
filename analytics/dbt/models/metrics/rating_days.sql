{{ config(indexes=[{"columns": ["rated_date"]}]) }}

select
    rated_date,
    count(*) as ratings,
    cast(sum(score) as bigint) as scores,
    count(*) filter (where score <= 2) as low
from {{ ref("stg_shop__ratings") }}
group by rated_date
