{{ config(materialized="view") }}

select
    customer_id,
    loyalty,
    case
        when row_number() over (partition by customer_id order by dbt_valid_from) = 1
            then timestamp '-infinity'
        else dbt_valid_from
    end as valid_from,
    coalesce(dbt_valid_to, timestamp 'infinity') as valid_to
from {{ ref("snap_loyalty") }}
