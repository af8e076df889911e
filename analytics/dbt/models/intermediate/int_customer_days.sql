{{
    config(
        materialized="incremental",
        incremental_strategy="delete+insert",
        unique_key="customer_id",
        on_schema_change="fail",
        indexes=[{"columns": ["customer_id"]}],
    )
}}

-- A day on which all was cancelled stays as zeros, so that it takes the place of what it was before.
select
    customer_id,
    order_date,
    sum(case when is_cancelled then 0 else 1 end) as orders,
    sum(net) as net,
    max(updated_at) as updated_at
from {{ ref("fct_orders") }}
{% if is_incremental() %}
where customer_id in (select customer_id from {{ ref("fct_orders") }} where updated_at >= {{ since() }})
{% endif %}
group by customer_id, order_date
