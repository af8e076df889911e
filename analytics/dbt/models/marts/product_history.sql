{{ config(materialized="view") }}

select
    product_id,
    sale_price,
    wholesale_cost,
    dbt_valid_from at time zone 'UTC' as valid_from,
    dbt_valid_to at time zone 'UTC' as valid_to
from {{ ref("snap_products") }}
