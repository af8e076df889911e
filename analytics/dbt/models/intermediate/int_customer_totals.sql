{{
    config(
        materialized="incremental",
        incremental_strategy="delete+insert",
        unique_key="customer_id",
        on_schema_change="fail",
        indexes=[{"columns": ["customer_id"]}, {"columns": ["updated_at"], "type": "brin"}],
    )
}}

-- What each customer had bought by the last day that counts, in all and on either side of what is compared. Whose orders
-- are all cancelled keeps a row of zeros, which takes the place of what it was before.
with orders as (
    select * from {{ ref("fct_orders") }}
    where
        order_date <= {{ as_of() }}
        {% if is_incremental() %}
        and customer_id in (select customer_id from {{ ref("fct_orders") }} where updated_at >= {{ since() }})
        {% endif %}
),

sided as (
    select 'all' as side, orders.* from orders
    union all
    select case when is_loyal then 'members' else 'others' end, orders.* from orders where not is_cancelled
    union all
    select case when is_discounted then 'discounted' else 'full price' end, orders.* from orders where not is_cancelled
)

select
    customer_id,
    side,
    count(*) filter (where not is_cancelled) as orders,
    count(distinct order_date) filter (where not is_cancelled) as order_days,
    min(order_date) filter (where not is_cancelled) as first_order_date,
    max(order_date) filter (where not is_cancelled) as last_order_date,
    cast(coalesce(sum(gross) filter (where not is_cancelled), 0) as numeric(18, 2)) as gross,
    cast(coalesce(sum(discount) filter (where not is_cancelled), 0) as numeric(18, 2)) as discount,
    cast(sum(net) as numeric(18, 2)) as net,
    cast(sum(margin) as numeric(18, 2)) as margin,
    max(updated_at) as updated_at
from sided
group by customer_id, side
