{{ config(materialized="view") }}

select
    customer_id,
    loyalty <> 0 as is_loyal,
    dbt_valid_from at time zone 'UTC' as valid_from,
    dbt_valid_to at time zone 'UTC' as valid_to
from {{ ref("snap_loyalty") }}
