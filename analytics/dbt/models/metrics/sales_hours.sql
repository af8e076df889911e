{{
    config(
        materialized="incremental",
        incremental_strategy="delete+insert",
        unique_key="sales_date",
        on_schema_change="fail",
        indexes=[{"columns": ["sales_date"]}],
    )
}}

select
    order_date as sales_date,
    store_id,
    cast(extract(hour from {{ local("placed_at") }}) as integer) as hour_of_day,
    count(*) as orders,
    cast(sum(net) as numeric(18, 2)) as net,
    max(updated_at) as updated_at
from {{ ref("fct_orders") }}
{% if is_incremental() %}
where order_date = any(array(select order_date from {{ ref("fct_orders") }} where updated_at >= {{ since() }}))
{% endif %}
group by 1, 2, 3
